package io.switchgear.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all rows and prints one table of them, with what the project has promised itself and whether it holds.
 *
 * <p>Each round is one fork of each row, with one thread and with two. Intentional: rounds rather than several forks of
 * one row in sequence, so that a bad minute of the machine hits all rows and not one.
 *
 * <p>System properties: {@code rounds} (3), {@code rows} (a regular expression that selects benchmarks), {@code quick}
 * (a smoke test whose figures mean nothing).
 */
public final class Main {
    private static final int[] THREADS = {1, 2};

    private Main() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws RunnerException {
        boolean quick = Boolean.getBoolean("quick");
        int rounds = quick ? 1 : Integer.getInteger("rounds", 3);
        Map<Row, Figures> results = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (int threads : THREADS) {
                run(threads, quick).forEach(run -> add(run, results));
            }
        }
        print(results);
    }

    private static Collection<RunResult> run(int threads, boolean quick) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(Main.class.getPackageName() + ".*(" + System.getProperty("rows", ".") + ")")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .threads(threads)
                .forks(1)
                .warmupIterations(quick ? 1 : 3)
                .measurementIterations(quick ? 2 : 5)
                .warmupTime(quick ? TimeValue.milliseconds(200) : TimeValue.seconds(1))
                .measurementTime(quick ? TimeValue.milliseconds(200) : TimeValue.seconds(1))
                // to the provider that keeps silent; the containers would fill the table's screen
                .jvmArgsAppend("-Dorg.jboss.logging.provider=slf4j");
        return new Runner(options.build()).run();
    }

    private static void add(RunResult run, Map<Row, Figures> results) {
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            results.computeIfAbsent(Row.of(run.getParams()), row -> new Figures())
                    .add(fork);
        }
    }

    @SuppressWarnings("SystemOut") // the table is what this program is for
    private static void print(Map<Row, Figures> results) {
        System.out.printf(
                "%n%-33s %7s %10s %10s %10s %8s%n", "row", "threads", "failing", "ns/op", "+- 99.9 %", "B/op");
        results.forEach((row, figures) -> System.out.printf(
                Locale.ROOT,
                "%-33s %7d %8d %% %10.1f %10.1f %8.1f%n",
                row.what(),
                row.threads(),
                row.failing(),
                figures.nanos(),
                figures.error(),
                figures.bytes()));
        System.out.printf("%n%-33s %7s %10s %8s    %4s%n", "goal", "threads", "failing", "ratio", "most");
        Bar.ALL.stream().flatMap(bar -> bar.verdicts(results)).forEach(System.out::println);
    }
}
