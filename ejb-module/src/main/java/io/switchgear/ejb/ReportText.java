// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import io.switchgear.status.StatusReport;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A status report as text for the log: what needs attention, then a line for each breaker, the most urgent first. */
final class ReportText {
    private static final int MAX_LINES = 200;

    private ReportText() {}

    /** @param max maximum number of breakers with a line; the most urgent ones */
    static String of(StatusReport report, int max) {
        if (report.breakers().isEmpty()) {
            return "No circuit breakers yet";
        }
        String summary = String.format(
                Locale.ROOT,
                "Circuit breakers: %d, open: %d, half-open: %d, off: %d, overridden: %d, changed: %d, in need of attention: %d",
                report.breakers().size(),
                report.open(),
                report.halfOpen(),
                report.off(),
                report.overridden(),
                report.changed(),
                report.attention().size());
        return Stream.concat(
                        report.attention().stream().map(need -> "! " + need.name() + ": " + need.why()),
                        max == 0 ? Stream.empty() : report.lines(Math.min(max, MAX_LINES)).stream())
                .map(line -> String.format("%n  %s", line))
                .collect(Collectors.joining("", summary, ""));
    }
}
