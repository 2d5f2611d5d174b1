// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all rows, prints their table, and prints all goals and whether they are met. Exits with an error if a goal is
 * missed.
 *
 * <p>Each round is one fork of each row, with one thread and with two, and one of each {@link Probe}. Intentional:
 * rounds rather than several forks of one row in sequence, so that a disturbance of the machine affects all rows and
 * not one.
 *
 * <p>System properties: {@code rounds} (3), {@code rows} (a regular expression that selects benchmarks), {@code quick}
 * (a smoke test whose figures mean nothing and are not judged), {@code bar} ({@code judge}, or {@code report} to exit
 * without an error even if a goal is missed).
 */
public final class Main {
    private static final Pattern ROWS = Pattern.compile(System.getProperty("rows", "."));
    private static final List<Class<?>> PROBES = List.of(Memory.class, Console.class, StartUp.class);

    /** The rows in which two threads would share nothing. */
    private static final String ALONE = "Clock|RejectedCall|InterceptedCall.bare";

    private Main() {}

    /** Runs the benchmarks; takes no arguments. */
    public static void main(String[] arguments) throws RunnerException, IOException, InterruptedException {
        boolean quick = Boolean.getBoolean("quick");
        int rounds = quick ? 1 : Integer.getInteger("rounds", 3);
        Map<Row, Figures> results = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            run(options(quick).threads(1), results);
            run(options(quick).threads(2).exclude(ALONE), results);
            for (Class<?> probe : PROBES) {
                if (ROWS.matcher(probe.getSimpleName()).find()) {
                    Probe.run(probe, results);
                }
            }
        }
        List<Bar.Verdict> verdicts =
                Bar.ALL.stream().flatMap(bar -> bar.verdicts(results)).toList();
        print(results, verdicts, !quick);
        if (!quick
                && !System.getProperty("bar", "judge").equals("report")
                && !verdicts.stream().allMatch(Bar.Verdict::met)) {
            System.exit(1);
        }
    }

    private static ChainedOptionsBuilder options(boolean quick) {
        return new OptionsBuilder()
                .include(Main.class.getPackageName() + ".*(" + ROWS.pattern() + ")")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .forks(1)
                .warmupIterations(quick ? 1 : 3)
                .measurementIterations(quick ? 2 : 5)
                .warmupTime(TimeValue.milliseconds(quick ? 200 : 700))
                .measurementTime(TimeValue.milliseconds(quick ? 200 : 500))
                // the log of the containers would bury the table
                .jvmArgsAppend(Probe.SILENT);
    }

    private static void run(ChainedOptionsBuilder options, Map<Row, Figures> results) throws RunnerException {
        for (RunResult run : runs(options)) {
            for (BenchmarkResult fork : run.getBenchmarkResults()) {
                results.computeIfAbsent(Row.of(run.getParams()), row -> new Figures("ns/op"))
                        .add(fork);
            }
        }
    }

    private static Collection<RunResult> runs(ChainedOptionsBuilder options) throws RunnerException {
        try {
            return new Runner(options.build()).run();
        } catch (NoBenchmarksException noneSelected) {
            // the selected rows are all probes, or none is for two threads
            return List.of();
        }
    }

    @SuppressWarnings("SystemOut") // the table is the output of this program
    private static void print(Map<Row, Figures> results, List<Bar.Verdict> verdicts, boolean judged) {
        System.out.printf(
                "%n%-33s %7s %9s %10s %10s  %-7s %8s%n",
                "row", "threads", "failing", "median", "+- 99.9 %", "unit", "B/op");
        results.forEach((row, figures) -> System.out.printf(
                Locale.ROOT,
                "%-33s %7d %7d %% %10.1f %10s  %-7s %8s%n",
                row.what(),
                row.threads(),
                row.failing(),
                figures.median(),
                known(figures.error(), 1),
                figures.unit(),
                known(figures.bytes(), 1)));
        System.out.printf(
                "%n%-33s %7s %9s %10s    %7s %6s %7s%n", "goal", "threads", "failing", "measured", "max", "", "floor");
        verdicts.forEach(verdict -> System.out.printf(
                Locale.ROOT,
                "%-33s %7d %7d %% %10.2f <= %7.2f %-6s %7s  %s%n",
                verdict.row().what(),
                verdict.row().threads(),
                verdict.row().failing(),
                verdict.measured(),
                verdict.limit(),
                judged ? verdict.met() ? "met" : "MISSED" : "",
                known(verdict.floor(), 2),
                verdict.what()));
        if (judged) {
            long missed = verdicts.stream().filter(verdict -> !verdict.met()).count();
            System.out.printf("%n%d goals, %d missed%n", verdicts.size(), missed);
        } else {
            System.out.printf("%n%d goals, not judged: a quick run's figures mean nothing%n", verdicts.size());
        }
    }

    private static String known(double value, int digits) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
