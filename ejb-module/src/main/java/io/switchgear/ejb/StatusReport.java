package io.switchgear.ejb;

import io.switchgear.Mode;
import io.switchgear.Snapshot;
import io.switchgear.State;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the breakers stand, as aligned lines of text; what needs attention comes first. */
final class StatusReport {
    private static final Comparator<Snapshot> URGENT_FIRST = Comparator.comparing(StatusReport::needsAttention)
            .thenComparing(Snapshot::state)
            .reversed()
            .thenComparing(Snapshot::name);

    private StatusReport() {}

    static String of(List<Snapshot> breakers) {
        if (breakers.isEmpty()) {
            return "No circuit breakers yet";
        }
        int width = breakers.stream()
                .mapToInt(breaker -> breaker.name().length())
                .max()
                .orElseThrow();
        String header = line(width, "name", "state", "mode", "failures", "rejected", "since");
        return breakers.stream()
                .sorted(URGENT_FIRST)
                .map(breaker -> line(
                        width,
                        breaker.name(),
                        breaker.state(),
                        breaker.mode(),
                        breaker.failures(),
                        breaker.rejected(),
                        breaker.since().truncatedTo(ChronoUnit.SECONDS)))
                .collect(Collectors.joining("", summary(breakers) + header, ""));
    }

    private static boolean needsAttention(Snapshot breaker) {
        return breaker.state() != State.CLOSED || breaker.mode() != Mode.AUTOMATIC;
    }

    private static String summary(List<Snapshot> breakers) {
        long urgent = breakers.stream().filter(StatusReport::needsAttention).count();
        return "Circuit breakers: " + breakers.size() + ", in need of attention: " + urgent;
    }

    private static String line(int width, Object... columns) {
        return String.format(Locale.ROOT, "%n  %-" + Math.max(width, 4) + "s  %-9s  %-13s  %8s  %8s  %s", columns);
    }
}
