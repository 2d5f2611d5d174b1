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
 * Creates a status report when the application starts and every minute after that, and logs it if something has changed
 * or needs attention. Each report also notifies listeners of breakers that begin to need attention, or no longer need
 * it, with a {@link io.switchgear.status.BreakerAttention}.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class StatusReporter {
    private static final System.Logger LOGGER = System.getLogger("io.switchgear");

    private final ReportLog log = new ReportLog();

    @Inject
    private CircuitBreakers breakers;

    @PostConstruct
    @Schedule(hour = "*", minute = "*", persistent = false)
    void report() {
        log.text(breakers.report()).ifPresent(text -> LOGGER.log(Level.INFO, text));
    }
}
