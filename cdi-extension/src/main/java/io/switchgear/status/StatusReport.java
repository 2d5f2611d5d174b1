// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The status of all breakers of an application at one moment. All components are plain values, so that JSON-B can write
 * it.
 *
 * @param at when the report was created, by the wall clock
 * @param healthy whether all breakers are {@link CircuitState#CLOSED}
 * @param closed number of breakers that are {@link CircuitState#CLOSED}
 * @param halfOpen number of breakers that are {@link CircuitState#HALF_OPEN}
 * @param open number of breakers that are {@link CircuitState#OPEN}
 * @param off number of breakers that are not enabled; each of them is also counted as closed
 * @param overridden number of breakers with a mode other than {@link BreakerMode#AUTOMATIC}
 * @param changed number of breakers with settings that are not as configured
 * @param attention the breakers that need the attention of an operator now, one element per cause
 * @param breakers all breakers, the most urgent first: open, then half-open ones, then those that are off or have an
 *     override, then those with changed settings
 * @since 0.1
 */
public record StatusReport(
        Instant at,
        boolean healthy,
        int closed,
        int halfOpen,
        int open,
        int off,
        int overridden,
        int changed,
        List<BreakerAttention> attention,
        List<BreakerStatus> breakers) {
    private static final int MAX_NAME_WIDTH = 60;
    private static final Comparator<BreakerStatus> URGENT_FIRST = Comparator.comparingInt(
                    (BreakerStatus breaker) -> -breaker.state().code())
            .thenComparing(breaker -> breaker.enabled() && breaker.mode() == BreakerMode.AUTOMATIC)
            .thenComparing(breaker -> breaker.changedSettings() == 0)
            .thenComparing(BreakerStatus::rejected, Comparator.reverseOrder())
            .thenComparing(BreakerStatus::failures, Comparator.reverseOrder())
            .thenComparing(BreakerStatus::name);

    /** Copies the lists. */
    public StatusReport {
        attention = List.copyOf(attention);
        breakers = List.copyOf(breakers);
    }

    /**
     * Creates a report.
     *
     * @param breakers the snapshots of all breakers
     * @param attention the breakers that need the attention of an operator now
     * @param at the time of the report, by the wall clock
     */
    public static StatusReport of(List<BreakerSnapshot> breakers, List<BreakerAttention> attention, Instant at) {
        List<BreakerStatus> all =
                breakers.stream().map(BreakerStatus::of).sorted(URGENT_FIRST).toList();
        return new StatusReport(
                at,
                all.stream().allMatch(BreakerStatus::healthy),
                count(all, breaker -> breaker.state() == CircuitState.CLOSED),
                count(all, breaker -> breaker.state() == CircuitState.HALF_OPEN),
                count(all, breaker -> breaker.state() == CircuitState.OPEN),
                count(all, breaker -> !breaker.enabled()),
                count(all, breaker -> breaker.mode() != BreakerMode.AUTOMATIC),
                count(all, breaker -> breaker.changedSettings() > 0),
                attention,
                all);
    }

    private static int count(List<BreakerStatus> breakers, Predicate<BreakerStatus> counted) {
        return (int) breakers.stream().filter(counted).count();
    }

    /**
     * Returns the report as text: one aligned line for each breaker, the most urgent first. If there are more than
     * {@code max} breakers, the others are left out, and a last line has their number.
     *
     * @param max maximum number of breakers
     */
    public List<String> lines(int max) {
        int nameWidth = breakers.stream()
                .limit(max)
                .mapToInt(breaker -> breaker.name().length())
                .max()
                .orElse(0);
        String format = "%-9s  %-" + Math.max(1, Math.min(nameWidth, MAX_NAME_WIDTH)) + "s  %s";
        Stream<String> lines = breakers.stream()
                .limit(max)
                .map(breaker -> String.format(
                        Locale.ROOT, format, word(breaker), breaker.name(), String.join(", ", notes(breaker))));
        int left = breakers.size() - max;
        return Stream.concat(lines, left > 0 ? Stream.of("and " + left + " more") : Stream.empty())
                .toList();
    }

    private static String word(BreakerStatus breaker) {
        return breaker.enabled() ? breaker.state().name() : "OFF";
    }

    /**
     * Returns the notes, the shortest and most urgent first: a console shows about 60 characters until it is widened.
     */
    private static List<String> notes(BreakerStatus breaker) {
        List<String> notes = new ArrayList<>();
        if (breaker.mode() != BreakerMode.AUTOMATIC) {
            notes.add(breaker.mode() + (breaker.modeReason().isEmpty() ? "" : " \"" + breaker.modeReason() + "\""));
        }
        if (breaker.openRemainingMillis() > 0) {
            notes.add("another " + (breaker.openRemainingMillis() + 999) / 1_000 + " s");
        }
        if (breaker.admittedPercent() > 0 && breaker.admittedPercent() < 100) {
            notes.add(breaker.admission());
        } else if (breaker.state() == CircuitState.HALF_OPEN) {
            notes.add(count(breaker.trialSuccesses(), "trial") + " succeeded");
        }
        notes.add(breaker.rejected() + " of " + count(breaker.calls(), "call") + " rejected");
        notes.add(breaker.failures() + " failed");
        int changed = breaker.changedSettings();
        if (changed > 0) {
            notes.add(count(changed, "setting") + " changed");
        }
        // the beginning of the outage: a failed trial does not begin another
        Instant began = breaker.notClosedSince() == null ? breaker.stateSince() : breaker.notClosedSince();
        if (breaker.state() != CircuitState.CLOSED || breaker.mode() != BreakerMode.AUTOMATIC || !breaker.enabled()) {
            notes.add("since " + began.truncatedTo(ChronoUnit.SECONDS));
        }
        if (breaker.state() != CircuitState.CLOSED
                && breaker.mode() != BreakerMode.FORCED_OPEN
                && breaker.lastTrip() != null) {
            notes.add(breaker.lastTrip());
        }
        return notes;
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
