// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A goal: compares one of our rows with other rows or with a number.
 *
 * @param ours the benchmark of our row
 * @param measured describes the measured value
 * @param threads the number of threads of the rows that it applies to; 0 for all
 * @param others find the rows to compare with
 * @param measure computes the value from our figures and those of the others
 * @param limit the maximum of the value
 */
record Bar(
        String ours,
        String measured,
        int threads,
        List<UnaryOperator<Row>> others,
        ToDoubleBiFunction<Fork, List<Fork>> measure,
        double limit) {

    private static final double REJECTION_NANOS = 100;
    private static final double REJECTION_RATIO = 0.2;

    /** The calls of peers without CDI, whatever their policy. */
    private static final String[] PEERS = {
        "CoreCall.failsafePermit", "CoreCall.resilience4jCallWindow", "CoreCall.resilience4jTimeWindow"
    };

    /** All goals. Add those of a new row here. */
    static final List<Bar> ALL = List.of(
            time("InterceptedCall.switchgear", 1.1, "InterceptedCall.noOpInterceptor"),
            time("InterceptedCall.switchgear", 0.4, "InterceptedCall.smallRye"),
            bytes("InterceptedCall.switchgear", "InterceptedCall.noOpInterceptor"),
            time("CoreCall.switchgearConsecutive", 0.5, PEERS),
            time("CoreCall.switchgearPermit", 0.5, PEERS),
            time("CoreCall.switchgearCallWindow", 0.5, PEERS),
            time("CoreCall.switchgearTimeWindow", 0.5, PEERS),
            time("CoreCall.switchgearAdaptive", 0.5, PEERS),
            time("CoreCall.switchgearAdaptive", 1, "CoreCall.switchgearTimeWindow"),
            bytes("CoreCall.switchgearConsecutive"),
            bytes("CoreCall.switchgearPermit"),
            bytes("CoreCall.switchgearCallWindow"),
            bytes("CoreCall.switchgearTimeWindow"),
            bytes("CoreCall.switchgearAdaptive"),
            sharing("InterceptedCall.switchgear"),
            sharing("CoreCall.switchgearConsecutive"),
            sharing("CoreCall.switchgearCallWindow"),
            sharing("CoreCall.switchgearTimeWindow"),
            sharing("CoreCall.switchgearAdaptive"),
            rejection("RejectedCall.switchgearOpen", "RejectedCall.resilience4jOpen"),
            rejection("RejectedCall.switchgearForcedOpen", "RejectedCall.resilience4jOpen"),
            atMost("Memory.breaker", 1024),
            atMost("Memory.breakerWithMBean", 2048),
            atMost("Console.callersLose", 5),
            longer("StartUp.switchgear", 1000, "StartUp.noOpInterceptor"));

    /** Compares our time with that of the fastest of the others, as a ratio. */
    private static Bar time(String ours, double limit, String... theirs) {
        List<UnaryOperator<Row>> others = Arrays.stream(theirs)
                .<UnaryOperator<Row>>map(name -> row -> row.of(name))
                .toList();
        return new Bar(
                ours,
                theirs.length == 1 ? "x " + theirs[0] : "x the fastest peer without CDI",
                0,
                others,
                (mine, each) -> mine.value()
                        / each.stream().mapToDouble(Fork::value).min().getAsDouble(),
                limit);
    }

    /** Limits our allocation to theirs; the profiler is exact to a fraction of a byte. */
    private static Bar bytes(String ours, String theirs) {
        return new Bar(
                ours,
                "B/op more than " + theirs,
                0,
                List.of(row -> row.of(theirs)),
                (mine, others) -> mine.bytes() - others.get(0).bytes(),
                0.5);
    }

    /** Requires that we allocate nothing. */
    private static Bar bytes(String ours) {
        return new Bar(ours, "B/op", 0, List.of(), (mine, none) -> mine.bytes(), 0.5);
    }

    /** Compares our time when two threads share a breaker with that of a single thread, as a ratio. */
    private static Bar sharing(String ours) {
        return new Bar(
                ours,
                "x its time alone",
                2,
                List.of(Row::alone),
                (mine, others) -> mine.value() / others.get(0).value(),
                1.5);
    }

    /** Requires one of two: a number of nanoseconds, or a multiple of their time. */
    private static Bar rejection(String ours, String theirs) {
        return new Bar(
                ours,
                "x the limit: " + (int) REJECTION_NANOS + " ns, or " + REJECTION_RATIO + " x " + theirs,
                0,
                List.of(row -> row.of(theirs)),
                (mine, others) -> mine.value()
                        / Math.max(
                                REJECTION_NANOS, REJECTION_RATIO * others.get(0).value()),
                1);
    }

    private static Bar atMost(String ours, double limit) {
        return new Bar(ours, "", 0, List.of(), (mine, none) -> mine.value(), limit);
    }

    private static Bar longer(String ours, double limit, String theirs) {
        return new Bar(
                ours,
                "longer than " + theirs,
                0,
                List.of(row -> row.of(theirs)),
                (mine, others) -> mine.value() - others.get(0).value(),
                limit);
    }

    /** Returns a goal for each of our rows that was run together with the rows to compare it with. */
    Stream<Goal> goals(Set<Row> rows) {
        return rows.stream()
                .filter(row -> row.what().equals(ours) && (threads == 0 || threads == row.threads()))
                .filter(row -> others(row).allMatch(rows::contains))
                .map(row -> new Goal(this, row));
    }

    /** Returns the rows to compare one of our rows with. */
    Stream<Row> others(Row row) {
        return others.stream().map(other -> other.apply(row));
    }

    double measured(Fork mine, List<Fork> theirs) {
        return measure.applyAsDouble(mine, theirs);
    }

    /** Returns the row of {@link Floor} with the same guarantee; empty if there is none. */
    String floor(Row row) {
        return switch (row.what()) {
            case "CoreCall.switchgearConsecutive", "CoreCall.switchgearPermit" -> "Floor.countingRow";
            // one more good call does not change a full window of good calls, so it need not be numbered
            case "CoreCall.switchgearCallWindow" -> row.failing() == 0 ? "Floor.counting" : "Floor.numbering";
            case "CoreCall.switchgearTimeWindow" -> "Floor.dating";
            default -> "";
        };
    }
}
