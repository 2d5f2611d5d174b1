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
 * How all breakers of an application stand. All components are plain values, so that JSON-B can write it.
 *
 * @param at when it was taken, by the wall clock
 * @param healthy whether all breakers are {@link CircuitState#CLOSED}
 * @param closed how many are
 * @param halfOpen how many are {@link CircuitState#HALF_OPEN}
 * @param open how many are {@link CircuitState#OPEN}
 * @param overridden how many have a mode other than {@link BreakerMode#AUTOMATIC}
 * @param changed how many have settings that are not as configured
 * @param attention what needs a person now
 * @param breakers each of them, what is most urgent first: open ones, then half-open ones, then those overridden, then
 *     those tuned
 * @since 0.1
 */
public record StatusReport(
        Instant at,
        boolean healthy,
        int closed,
        int halfOpen,
        int open,
        int overridden,
        int changed,
        List<BreakerAttention> attention,
        List<BreakerStatus> breakers) {
    private static final int LONGEST_NAME = 60;
    private static final Comparator<BreakerStatus> URGENT_FIRST = Comparator.comparingInt(
                    (BreakerStatus breaker) -> -breaker.state().code())
            .thenComparing(breaker -> breaker.mode() == BreakerMode.AUTOMATIC)
            .thenComparing(breaker -> breaker.changedSettings() == 0)
            .thenComparing(BreakerStatus::rejected, Comparator.reverseOrder())
            .thenComparing(BreakerStatus::failures, Comparator.reverseOrder())
            .thenComparing(BreakerStatus::name);

    /** Copies the lists. */
    public StatusReport {
        attention = List.copyOf(attention);
        breakers = List.copyOf(breakers);
    }

    /** Of these breakers, and of what is known to need attention. */
    public static StatusReport of(List<BreakerSnapshot> breakers, List<BreakerAttention> attention, Instant at) {
        List<BreakerStatus> all =
                breakers.stream().map(BreakerStatus::of).sorted(URGENT_FIRST).toList();
        return new StatusReport(
                at,
                all.stream().allMatch(BreakerStatus::healthy),
                count(all, breaker -> breaker.state() == CircuitState.CLOSED),
                count(all, breaker -> breaker.state() == CircuitState.HALF_OPEN),
                count(all, breaker -> breaker.state() == CircuitState.OPEN),
                count(all, breaker -> breaker.mode() != BreakerMode.AUTOMATIC),
                count(all, breaker -> breaker.changedSettings() > 0),
                attention,
                all);
    }

    private static int count(List<BreakerStatus> breakers, Predicate<BreakerStatus> counted) {
        return (int) breakers.stream().filter(counted).count();
    }

    /**
     * A line for each breaker, aligned, in their order; of the first {@code most} only, and how many more there are.
     */
    public List<String> lines(int most) {
        int longest = breakers.stream()
                .limit(most)
                .mapToInt(breaker -> breaker.name().length())
                .max()
                .orElse(0);
        String format = "%-9s  %-" + Math.max(1, Math.min(longest, LONGEST_NAME)) + "s  %s";
        Stream<String> lines = breakers.stream()
                .limit(most)
                .map(breaker -> String.format(
                        Locale.ROOT, format, breaker.state(), breaker.name(), String.join(", ", notes(breaker))));
        int left = breakers.size() - most;
        return Stream.concat(lines, left > 0 ? Stream.of("and " + left + " more") : Stream.empty())
                .toList();
    }

    /** The shortest and most urgent first: a console shows some 60 characters of a line until it is widened. */
    private static List<String> notes(BreakerStatus breaker) {
        List<String> notes = new ArrayList<>();
        if (breaker.mode() != BreakerMode.AUTOMATIC) {
            notes.add(breaker.mode() + (breaker.modeReason().isEmpty() ? "" : " \"" + breaker.modeReason() + "\""));
        }
        if (breaker.openRemainingMillis() > 0) {
            notes.add("another " + (breaker.openRemainingMillis() + 999) / 1_000 + " s");
        }
        notes.add(breaker.rejected() + " of " + breaker.calls() + " calls rejected");
        notes.add(breaker.failures() + " failed");
        int changed = breaker.changedSettings();
        if (changed > 0) {
            notes.add(changed + (changed == 1 ? " setting changed" : " settings changed"));
        }
        // trials that fail do not make an outage any shorter
        Instant began = breaker.notClosedSince() == null ? breaker.stateSince() : breaker.notClosedSince();
        if (breaker.state() != CircuitState.CLOSED || breaker.mode() != BreakerMode.AUTOMATIC) {
            notes.add("since " + began.truncatedTo(ChronoUnit.SECONDS));
        }
        if (breaker.state() != CircuitState.CLOSED
                && breaker.mode() != BreakerMode.FORCED_OPEN
                && breaker.lastTrip() != null) {
            notes.add(breaker.lastTrip());
        }
        return notes;
    }
}
