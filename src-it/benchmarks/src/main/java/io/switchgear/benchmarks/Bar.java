// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
        ToDoubleBiFunction<Figures, List<Figures>> measure,
        double limit) {

    private static final double REJECTION_NANOS = 100;
    private static final double REJECTION_RATIO = 0.2;

    /** The calls of peers without CDI, whatever their policy. */
    private static final String[] PEERS = {
        "CoreCall.failsafePermit", "CoreCall.resilience4jCallWindow", "CoreCall.resilience4jTimeWindow"
    };

    /** All goals. Add those of a new row here. */
    static final List<Bar> ALL = List.of(
            time("InterceptedCall.switchgear", 1.15, "InterceptedCall.noOpInterceptor"),
            time("InterceptedCall.switchgear", 0.4, "InterceptedCall.smallRye"),
            bytes("InterceptedCall.switchgear", "InterceptedCall.noOpInterceptor"),
            time("CoreCall.switchgearConsecutive", 0.6, "CoreCall.failsafePermit"),
            time("CoreCall.switchgearPermit", 0.6, "CoreCall.failsafePermit"),
            time("CoreCall.switchgearCallWindow", 0.6, "CoreCall.resilience4jCallWindow"),
            time("CoreCall.switchgearTimeWindow", 0.6, "CoreCall.resilience4jTimeWindow"),
            bytes("CoreCall.switchgearConsecutive"),
            bytes("CoreCall.switchgearPermit"),
            bytes("CoreCall.switchgearCallWindow"),
            bytes("CoreCall.switchgearTimeWindow"),
            sharing("InterceptedCall.switchgear"),
            sharing("CoreCall.switchgearConsecutive"),
            sharing("CoreCall.switchgearCallWindow"),
            sharing("CoreCall.switchgearTimeWindow"),
            ahead("InterceptedCall.switchgear", "InterceptedCall.smallRye"),
            ahead("CoreCall.switchgearConsecutive", PEERS),
            ahead("CoreCall.switchgearCallWindow", PEERS),
            ahead("CoreCall.switchgearTimeWindow", PEERS),
            rejection("RejectedCall.switchgearOpen", "RejectedCall.resilience4jOpen"),
            rejection("RejectedCall.switchgearForcedOpen", "RejectedCall.resilience4jOpen"),
            atMost("Memory.breaker", 1024),
            atMost("Memory.breakerWithMBean", 2048),
            atMost("Console.callersLose", 5),
            longer("StartUp.switchgear", 1000, "StartUp.noOpInterceptor"));

    /** Compares our time with theirs, as a ratio. */
    private static Bar time(String ours, double limit, String theirs) {
        return new Bar(
                ours,
                "x " + theirs,
                0,
                List.of(row -> row.of(theirs)),
                (mine, others) -> mine.median() / others.get(0).median(),
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
                (mine, others) -> mine.median() / others.get(0).median(),
                1.5);
    }

    /** Compares our time when two threads share a breaker with that of the fastest peer, as a ratio. */
    private static Bar ahead(String ours, String... theirs) {
        List<UnaryOperator<Row>> others = Arrays.stream(theirs)
                .<UnaryOperator<Row>>map(name -> row -> row.of(name))
                .toList();
        return new Bar(
                ours,
                theirs.length == 1 ? "x " + theirs[0] : "x the fastest peer without CDI",
                2,
                others,
                (mine, peers) -> mine.median()
                        / peers.stream().mapToDouble(Figures::median).min().getAsDouble(),
                1);
    }

    /** Requires one of two: a number of nanoseconds, or a multiple of their time. */
    private static Bar rejection(String ours, String theirs) {
        return new Bar(
                ours,
                "x the limit: " + (int) REJECTION_NANOS + " ns, or " + REJECTION_RATIO + " x " + theirs,
                0,
                List.of(row -> row.of(theirs)),
                (mine, others) -> mine.median()
                        / Math.max(
                                REJECTION_NANOS, REJECTION_RATIO * others.get(0).median()),
                1);
    }

    private static Bar atMost(String ours, double limit) {
        return new Bar(ours, "", 0, List.of(), (mine, none) -> mine.median(), limit);
    }

    private static Bar longer(String ours, double limit, String theirs) {
        return new Bar(
                ours,
                "longer than " + theirs,
                0,
                List.of(row -> row.of(theirs)),
                (mine, others) -> mine.median() - others.get(0).median(),
                limit);
    }

    /** Returns a verdict for each of our rows that was run together with the rows to compare it with. */
    Stream<Verdict> verdicts(Map<Row, Figures> results) {
        return results.keySet().stream()
                .filter(row -> row.what().equals(ours) && (threads == 0 || threads == row.threads()))
                .filter(row -> others.stream().allMatch(other -> results.containsKey(other.apply(row))))
                .map(row -> new Verdict(
                        row,
                        measured(row, results.get(row), results),
                        limit,
                        measured.isEmpty() ? results.get(row).unit() : measured,
                        measured(row, floor(row).isEmpty() ? null : results.get(row.of(floor(row))), results)));
    }

    /** Returns the row of {@link Floor} with the same guarantee; empty if there is none. */
    private static String floor(Row row) {
        return switch (row.what()) {
            case "CoreCall.switchgearConsecutive", "CoreCall.switchgearPermit" -> "Floor.countingRow";
            // one more good call does not change a full window of good calls, so it need not be numbered
            case "CoreCall.switchgearCallWindow" -> row.failing() == 0 ? "Floor.counting" : "Floor.numbering";
            case "CoreCall.switchgearTimeWindow" -> "Floor.dating";
            default -> "";
        };
    }

    /** Returns the measured value; NaN if the figures are {@code null}. */
    private double measured(Row row, Figures figures, Map<Row, Figures> results) {
        return figures == null
                ? Double.NaN
                : measure.applyAsDouble(
                        figures,
                        others.stream()
                                .map(other -> results.get(other.apply(row)))
                                .toList());
    }

    /**
     * The result of a goal.
     *
     * @param what describes the measured value
     * @param floor the value that the {@link Floor} would have instead of our row; NaN if there is none
     */
    record Verdict(Row row, double measured, double limit, String what, double floor) {
        /** Returns whether the goal is met; false if the value could not be measured. */
        boolean met() {
            return measured <= limit;
        }
    }
}
