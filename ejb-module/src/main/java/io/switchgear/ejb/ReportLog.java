// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import io.switchgear.status.BreakerAttention.Cause;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerStatus;
import io.switchgear.status.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which reports are logged: the first one with all breakers, and then each one that differs from the report
 * before, with the breakers that are not in their normal state. While something needs attention, a report is logged
 * once an hour even if it does not differ. Totals are not compared, nor is the change between OPEN and HALF_OPEN, as
 * both change all the time.
 */
final class ReportLog {
    private static final long REMINDER_MINUTES = 60;

    private record Abnormal(
            String name,
            boolean healthy,
            Instant notClosedSince,
            BreakerMode mode,
            String modeReason,
            int changedSettings) {
        static Abnormal of(BreakerStatus breaker) {
            return new Abnormal(
                    breaker.name(),
                    breaker.healthy(),
                    breaker.notClosedSince(),
                    breaker.mode(),
                    breaker.modeReason(),
                    breaker.changedSettings());
        }
    }

    private record Need(String name, Cause cause) {}

    /** The part of a report that is compared. */
    private record Compared(boolean empty, Set<Abnormal> abnormal, Set<Need> needs) {
        static Compared of(StatusReport report) {
            return new Compared(
                    report.breakers().isEmpty(),
                    notNormal(report).stream().map(Abnormal::of).collect(Collectors.toSet()),
                    report.attention().stream()
                            .map(need -> new Need(need.name(), need.cause()))
                            .collect(Collectors.toSet()));
        }
    }

    private final long reminder;
    private Compared last;
    private int unchanged;

    /** @param period the time between two reports */
    ReportLog(Duration period) {
        reminder = Math.max(1, REMINDER_MINUTES / period.toMinutes());
    }

    /** Returns the text of this report; empty if it is not logged. */
    Optional<String> text(StatusReport report) {
        Compared present = Compared.of(report);
        boolean first = last == null || last.empty();
        unchanged = present.equals(last) ? unchanged + 1 : 0;
        last = present;
        boolean logged = unchanged == 0
                || (unchanged % reminder == 0 && !report.attention().isEmpty());
        if (!logged) {
            return Optional.empty();
        }
        return Optional.of(ReportText.of(
                report, first ? Integer.MAX_VALUE : notNormal(report).size()));
    }

    private static List<BreakerStatus> notNormal(StatusReport report) {
        return report.breakers().stream()
                .filter(breaker ->
                        !breaker.healthy() || breaker.mode() != BreakerMode.AUTOMATIC || breaker.changedSettings() > 0)
                .toList();
    }
}
