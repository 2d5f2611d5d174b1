// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.profile.LinuxPerfNormProfiler;
import org.openjdk.jmh.profile.ProfilerException;
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
 * <p>A turn is one fork of each row, with one thread and with two, and one of each {@link Probe}. The rows of a goal
 * are compared turn by turn. A goal that is decided drops out, and its rows with it; the turns end when all goals are
 * decided, or with the time.
 *
 * <p>System properties: {@code minutes} (60; no turn begins later), {@code rows} (a regular expression that selects
 * benchmarks), {@code quick} (one turn as a smoke test, whose figures mean nothing and are not judged), {@code bar}
 * ({@code judge}, or {@code report} to exit without an error even if a goal is missed).
 */
public final class Main {
    private static final boolean QUICK = Boolean.getBoolean("quick");
    private static final Pattern ROWS = Pattern.compile(System.getProperty("rows", "."));
    private static final List<Class<?>> PROBES = List.of(Memory.class, Console.class, StartUp.class);

    /** The rows in which two threads would share nothing. */
    private static final String ALONE = "Clock|RejectedCall|InterceptedCall.bare";

    private final Map<Row, Figures> results = new TreeMap<>();
    private final boolean countsInstructions = countsInstructions();

    private Main() {}

    /** Runs the benchmarks; takes no arguments. */
    public static void main(String[] arguments) throws RunnerException, IOException, InterruptedException {
        new Main().run();
    }

    private void run() throws RunnerException, IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.getLong("minutes", 60));
        String all = Main.class.getPackageName() + ".*(" + ROWS.pattern() + ")";
        run(options().include(all).threads(1));
        run(options().include(all).threads(2).exclude(ALONE));
        for (Class<?> probe : PROBES) {
            if (ROWS.matcher(probe.getSimpleName()).find()) {
                Probe.run(probe, results);
            }
        }
        List<Goal> goals =
                Bar.ALL.stream().flatMap(bar -> bar.goals(results.keySet())).toList();
        goals.forEach(goal -> goal.compare(results));
        List<Goal> open = open(goals);
        while (!QUICK && !open.isEmpty() && System.nanoTime() - end < 0) {
            turn(open.stream().flatMap(Goal::rows).collect(Collectors.toCollection(TreeSet::new)));
            open.forEach(goal -> goal.compare(results));
            open = open(open);
        }
        print(goals);
        if (!QUICK
                && !System.getProperty("bar", "judge").equals("report")
                && goals.stream().anyMatch(goal -> goal.verdict() == Goal.Verdict.MISSED)) {
            System.exit(1);
        }
    }

    private static List<Goal> open(List<Goal> goals) {
        return goals.stream()
                .filter(goal -> goal.verdict() == Goal.Verdict.UNDECIDED)
                .toList();
    }

    /** Runs each of these rows once more. */
    private void turn(Set<Row> rows) throws RunnerException, IOException, InterruptedException {
        for (Class<?> probe : PROBES) {
            if (rows.removeIf(row -> row.suite().equals(probe.getSimpleName()))) {
                Probe.run(probe, results);
            }
        }
        // those with the same number of failures and threads one after another
        Map<Row, List<Row>> alike = new TreeMap<>();
        rows.forEach(row -> alike.computeIfAbsent(row.of(row.suite() + "."), first -> new ArrayList<>())
                .add(row));
        for (Map.Entry<Row, List<Row>> each : alike.entrySet()) {
            ChainedOptionsBuilder options = options()
                    .threads(each.getKey().threads())
                    .param("failingPercent", String.valueOf(each.getKey().failing()));
            for (Row row : each.getValue()) {
                options.include(Main.class.getPackageName() + "." + row.what() + "$");
            }
            run(options);
        }
    }

    private ChainedOptionsBuilder options() {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .forks(1)
                .warmupIterations(QUICK ? 1 : 3)
                .measurementIterations(QUICK ? 2 : 3)
                .warmupTime(TimeValue.milliseconds(QUICK ? 200 : 500))
                .measurementTime(TimeValue.milliseconds(QUICK ? 200 : 400))
                // the log of the containers would bury the table
                .jvmArgsAppend(Probe.SILENT);
        return countsInstructions ? options.addProfiler(LinuxPerfNormProfiler.class) : options;
    }

    private static boolean countsInstructions() {
        try {
            return new LinuxPerfNormProfiler("") != null;
        } catch (ProfilerException notHere) {
            // no perf, or no right to use it: the column stays empty
            return false;
        }
    }

    private void run(ChainedOptionsBuilder options) throws RunnerException {
        for (RunResult run : runs(options)) {
            for (BenchmarkResult fork : run.getBenchmarkResults()) {
                results.computeIfAbsent(Row.of(run.getParams()), row -> new Figures("ns/op"))
                        .add(Fork.of(fork));
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
    private void print(List<Goal> goals) {
        System.out.printf(
                "%n%-33s %7s %9s %5s %10s %21s  %-7s %8s %12s%n",
                "row", "threads", "failing", "turns", "median", "99 %", "unit", "B/op", "instructions");
        results.forEach((row, figures) -> System.out.printf(
                Locale.ROOT,
                "%-33s %7d %7d %% %5d %10.1f %21s  %-7s %8s %12s%n",
                row.what(),
                row.threads(),
                row.failing(),
                figures.forks(),
                figures.typical().value(),
                known(figures.interval(), 1),
                figures.unit(),
                known(figures.typical().bytes(), 1),
                known(figures.typical().instructions(), 0)));
        System.out.printf(
                "%n%-33s %7s %9s %10s %15s    %7s %-11s %7s%n",
                "goal", "threads", "failing", "measured", "99 %", "max", "", "floor");
        goals.forEach(goal -> System.out.printf(
                Locale.ROOT,
                "%-33s %7d %7d %% %10.2f %15s <= %7.2f %-11s %7s  %s%n",
                goal.row().what(),
                goal.row().threads(),
                goal.row().failing(),
                goal.measured(),
                known(goal.interval(), 2),
                goal.bar().limit(),
                QUICK ? "" : said(goal.verdict()),
                known(goal.floor(results), 2),
                goal.bar().measured().isEmpty()
                        ? results.get(goal.row()).unit()
                        : goal.bar().measured()));
        if (QUICK) {
            System.out.printf("%n%d goals, not judged: a quick run's figures mean nothing%n", goals.size());
        } else {
            System.out.printf(
                    "%n%d goals, %d missed, %d undecided%n",
                    goals.size(), count(goals, Goal.Verdict.MISSED), count(goals, Goal.Verdict.UNDECIDED));
        }
    }

    private static long count(List<Goal> goals, Goal.Verdict verdict) {
        return goals.stream().filter(goal -> goal.verdict() == verdict).count();
    }

    private static String said(Goal.Verdict verdict) {
        return switch (verdict) {
            case MET -> "met";
            case MISSED -> "MISSED";
            case UNDECIDED -> "undecided";
        };
    }

    private static String known(Interval interval, int digits) {
        return Double.isNaN(interval.low())
                ? ""
                : known(interval.low(), digits) + " to " + known(interval.high(), digits);
    }

    private static String known(double value, int digits) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
