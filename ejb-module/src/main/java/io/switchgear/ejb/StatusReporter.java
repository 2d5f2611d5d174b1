package io.switchgear.ejb;

import io.switchgear.CircuitBreakers;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;

/**
 * Asks for the status report when the application starts and every minute from then on, and logs it. What has begun or
 * ceased to need a person is told then, as a {@link io.switchgear.status.BreakerAttention}.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class StatusReporter {
    private static final System.Logger LOGGER = System.getLogger("io.switchgear");

    @Inject
    private CircuitBreakers breakers;

    @PostConstruct
    @Schedule(hour = "*", minute = "*", persistent = false)
    void report() {
        LOGGER.log(Level.INFO, ReportText.of(breakers.report()));
    }
}
