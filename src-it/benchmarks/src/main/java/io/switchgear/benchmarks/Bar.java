package io.switchgear.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A goal: one of our rows, held against another row.
 *
 * @param ours benchmark of our row
 * @param against what, in words
 * @param other finds the other row
 * @param measure of our figures and the other's
 * @param limit what the measure may be at most
 */
record Bar(
        String ours,
        String against,
        UnaryOperator<Row> other,
        ToDoubleBiFunction<Figures, Figures> measure,
        double limit) {

    /** What the project has promised itself. A new row gets its goals here. */
    static final List<Bar> ALL = List.of(
            time("InterceptedCall.switchgear", 1.15, "InterceptedCall.noOpInterceptor"),
            time("InterceptedCall.switchgear", 0.4, "InterceptedCall.smallRye"),
            bytes("InterceptedCall.switchgear", "InterceptedCall.noOpInterceptor"),
            sharing("InterceptedCall.switchgear"),
            time("CoreCall.switchgearConsecutive", 0.6, "CoreCall.failsafePermit"),
            time("CoreCall.switchgearPermit", 0.6, "CoreCall.failsafePermit"),
            bytes("CoreCall.switchgearConsecutive", "CoreCall.failsafePermit"),
            sharing("CoreCall.switchgearConsecutive"),
            time("CoreCall.switchgearCallWindow", 0.6, "CoreCall.resilience4jCallWindow"),
            bytes("CoreCall.switchgearCallWindow", "CoreCall.failsafePermit"),
            sharing("CoreCall.switchgearCallWindow"),
            time("RejectedCall.switchgearOpen", 0.2, "RejectedCall.resilience4jOpen"),
            time("RejectedCall.switchgearForcedOpen", 0.2, "RejectedCall.resilience4jOpen"));

    /** Our time, in times of theirs. */
    private static Bar time(String ours, double limit, String theirs) {
        return new Bar(
                ours, "x " + theirs, row -> row.of(theirs), (mine, other) -> mine.nanos() / other.nanos(), limit);
    }

    /** What we allocate beyond what they do; the profiler is exact to a fraction of a byte. */
    private static Bar bytes(String ours, String theirs) {
        return new Bar(
                ours,
                "B/op more than " + theirs,
                row -> row.of(theirs),
                (mine, other) -> mine.bytes() - other.bytes(),
                0.5);
    }

    /** Our time when two threads share a breaker, in times of one that has it alone. */
    private static Bar sharing(String ours) {
        return new Bar(ours, "x its time alone", Row::alone, (mine, alone) -> mine.nanos() / alone.nanos(), 1.5);
    }

    /** One line for each pair of rows that was run. */
    Stream<String> verdicts(Map<Row, Figures> results) {
        return results.keySet().stream()
                .filter(row -> row.what().equals(ours))
                .filter(row -> !row.equals(other.apply(row)) && results.containsKey(other.apply(row)))
                .map(row -> verdict(row, measure.applyAsDouble(results.get(row), results.get(other.apply(row)))));
    }

    private String verdict(Row row, double measured) {
        return String.format(
                Locale.ROOT,
                "%-33s %7d %8d %% %8.2f <= %4.2f %-6s %s",
                ours,
                row.threads(),
                row.failing(),
                measured,
                limit,
                measured <= limit ? "met" : "MISSED",
                against);
    }
}
