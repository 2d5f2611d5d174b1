package io.switchgear.jmx;

import io.switchgear.Mode;
import io.switchgear.Snapshot;
import io.switchgear.State;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** All breakers in one look: aligned lines, what needs attention first. */
final class Overview {
    private static final int MOST_LINES = 200;
    private static final int LONGEST_NAME = 60;
    private static final Comparator<Snapshot> ATTENTION = Comparator.comparingInt(
                    (Snapshot breaker) -> -breaker.state().code())
            .thenComparing(breaker -> breaker.mode() == Mode.AUTOMATIC)
            .thenComparing(breaker -> breaker.changedBy().isEmpty())
            .thenComparing(Snapshot::rejected, Comparator.reverseOrder())
            .thenComparing(Snapshot::failures, Comparator.reverseOrder())
            .thenComparing(Snapshot::name);

    private Overview() {}

    static String[] lines(List<Snapshot> breakers) {
        int longest = breakers.stream()
                .mapToInt(breaker -> breaker.name().length())
                .max()
                .orElse(0);
        String format = "%-9s  %-" + Math.max(1, Math.min(longest, LONGEST_NAME)) + "s  %s";
        List<String> lines = new ArrayList<>();
        breakers.stream()
                .sorted(ATTENTION)
                .limit(MOST_LINES)
                .map(breaker -> line(format, breaker))
                .forEach(lines::add);
        if (breakers.size() > MOST_LINES) {
            lines.add("and " + (breakers.size() - MOST_LINES) + " more; see Breakers");
        }
        return lines.toArray(String[]::new);
    }

    private static String line(String format, Snapshot breaker) {
        return String.format(Locale.ROOT, format, breaker.state(), breaker.name(), String.join(", ", notes(breaker)));
    }

    /** The shortest and most urgent first: a console shows some 60 characters of a line until it is widened. */
    private static List<String> notes(Snapshot breaker) {
        List<String> notes = new ArrayList<>();
        if (breaker.mode() != Mode.AUTOMATIC) {
            notes.add(breaker.mode() + (breaker.modeReason().isEmpty() ? "" : " \"" + breaker.modeReason() + "\""));
        }
        if (breaker.openRemainingMillis() > 0) {
            notes.add("another " + (breaker.openRemainingMillis() + 999) / 1_000 + " s");
        }
        notes.add(breaker.rejected() + " of " + breaker.calls() + " calls rejected");
        notes.add(breaker.failures() + " failed");
        int changed = breaker.changedBy().size();
        if (changed > 0) {
            notes.add(changed + (changed == 1 ? " setting changed" : " settings changed"));
        }
        if (breaker.state() != State.CLOSED || breaker.mode() != Mode.AUTOMATIC) {
            notes.add("since " + breaker.since().truncatedTo(ChronoUnit.SECONDS));
        }
        if (breaker.state() != State.CLOSED && breaker.mode() != Mode.FORCED_OPEN && breaker.lastTrip() != null) {
            notes.add(breaker.lastTrip());
        }
        return notes;
    }
}
