// SPDX-License-Identifier: Apache-2.0
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
 * Logs the status report when the application starts and every minute after that. Each report also notifies listeners
 * of breakers that begin to need attention, or no longer need it, with a {@link io.switchgear.status.BreakerAttention}.
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
