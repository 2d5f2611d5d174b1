// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import io.switchgear.CircuitBreakers;
import io.switchgear.managed.ManagedApplication;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;

/**
 * Creates a status report when the application starts and every {@code switchgear.report-minutes} after that, and logs
 * it if something has changed or needs attention. Each report also notifies listeners of breakers that begin to need
 * attention, or no longer need it, with a {@link io.switchgear.status.BreakerAttention}.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class StatusReporter {
    private static final System.Logger LOGGER = System.getLogger("io.switchgear");

    @Inject
    private CircuitBreakers breakers;

    @Inject
    private ManagedApplication application;

    @Resource
    private TimerService timers;

    private ReportLog log;

    @PostConstruct
    void start() {
        long millis = application.settings().report().toMillis();
        if (millis > 0) {
            log = new ReportLog(application.settings().report());
            report();
            timers.createIntervalTimer(millis, millis, new TimerConfig(null, false));
        }
    }

    @Timeout
    void report() {
        log.text(breakers.report()).ifPresent(text -> LOGGER.log(Level.INFO, text));
    }
}
