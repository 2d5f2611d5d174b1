// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

import io.switchgear.lab.Charts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.knowm.xchart.XYChart;

/** Draws the runs over time. */
final class Plots {
    private static final Set<Service> DISTURBED = Set.of(Service.DISTURBED);

    private Plots() {}

    /** Writes the pictures to a directory; returns their files. */
    static List<Path> write(List<Recording> runs, Path directory) throws IOException {
        Path variants = directory.resolve("load.png");
        Charts.write(besideEachOther(runs), variants);
        Path results = directory.resolve("load-results.png");
        Charts.write(runs.stream().map(Plots::results).toList(), results);
        return List.of(variants, results);
    }

    /** Returns a chart for each value, with a line for each variant. */
    private static List<XYChart> besideEachOther(List<Recording> runs) {
        XYChart succeeded = Charts.percentages("The other services: calls that succeed, %");
        XYChart latency = Charts.chart("The other services: 99 % of the calls end within, ms");
        XYChart threads = Charts.chart("Threads that serve requests, of " + Server.REQUEST_THREADS);
        XYChart sent = Charts.chart("users: calls that reach the backend, in a second");
        for (int i = 0; i < runs.size(); i++) {
            Recording run = runs.get(i);
            line(succeeded, run, i, second -> 100 * share(run.calls(second, Service.NEIGHBOURS), Result.SUCCEEDED));
            line(latency, run, i, second -> percentile(run.calls(second, Service.NEIGHBOURS)));
            line(threads, run, i, run::busyThreads);
            line(sent, run, i, run::backendCalls);
        }
        return List.of(succeeded, latency, threads, sent);
    }

    private static XYChart results(Recording run) {
        XYChart chart = Charts.chart(run.variant().label() + ": calls of users in a second, by result");
        List<Result> all = List.of(Result.values());
        for (Result result : all) {
            line(
                    chart,
                    result.name().toLowerCase(Locale.ROOT),
                    run,
                    second -> run.calls(second, DISTURBED).stream()
                            .filter(call -> call.result() == result)
                            .count(),
                    all.indexOf(result),
                    result == Result.SUCCEEDED);
        }
        return chart;
    }

    private static void line(XYChart chart, Recording run, int color, IntToDoubleFunction value) {
        line(chart, run.variant().label(), run, value, color, run.variant() == Variant.ADAPTIVE);
    }

    private static void line(
            XYChart chart, String name, Recording run, IntToDoubleFunction value, int color, boolean isStrong) {
        int seconds = run.seconds();
        double[] time = new double[seconds];
        double[] values = new double[seconds];
        for (int second = 0; second < seconds; second++) {
            time[second] = second;
            values[second] = value.applyAsDouble(second);
        }
        Charts.add(chart, name, time, values, color, isStrong);
    }

    private static double share(List<Call> calls, Result result) {
        return calls.isEmpty() ? Double.NaN : Recording.share(calls, result);
    }

    private static double percentile(List<Call> calls) {
        return calls.isEmpty() ? Double.NaN : Recording.percentile(calls, 99);
    }
}
