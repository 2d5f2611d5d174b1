// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab;

import io.switchgear.lab.simulation.Experiment;
import io.switchgear.lab.simulation.Figures;
import io.switchgear.lab.simulation.Figures.Count;
import io.switchgear.lab.simulation.Scenario;
import io.switchgear.lab.simulation.Scenario.Breakers;
import io.switchgear.lab.simulation.Subject.Kind;
import io.switchgear.lab.subject.Subjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;

/** Draws one run over time: what was delivered, rejected and sent, and the share of calls that was admitted. */
final class Plots {
    private static final int SMOOTHED_SECONDS = 5;

    private static final List<Kind> KINDS = List.of(
            Subjects.SMALLRYE,
            Subjects.FAILSAFE,
            Subjects.RESILIENCE4J_CALLS,
            Subjects.CONSECUTIVE_FAILURES,
            Subjects.RECOMMENDED);

    /** The pictures of the manual: all breakers are shared by all threads, as in an application. */
    private static final Map<String, Scenario> PICTURES = new TreeMap<>(Map.of(
            "lab-20-percent", Scenario.named("semian-sustained").breakers(Breakers.SHARED),
            "lab-outage", Scenario.named("semian-spike-100").breakers(Breakers.SHARED),
            "lab-warm-up", Scenario.named("warm-up")));

    private Plots() {}

    /** Writes all pictures to a directory; returns their files. */
    static List<Path> write(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, Scenario> picture : PICTURES.entrySet()) {
            Path file = directory.resolve(picture.getKey() + ".png");
            write(picture.getValue(), file);
            files.add(file);
        }
        return files;
    }

    private static void write(Scenario scenario, Path file) throws IOException {
        XYChart delivered = Charts.percentages(scenario.title() + ": delivered, % of the calls");
        XYChart rejected = Charts.percentages("rejected, % of the calls");
        XYChart sent = Charts.chart("sent, requests in a second");
        XYChart admitted = Charts.percentages("admitted, % of the calls at that moment");
        for (int i = 0; i < KINDS.size(); i++) {
            Kind kind = KINDS.get(i);
            Figures run = Experiment.run(scenario, kind, 1);
            int seconds = run.seconds();
            double[] time = new double[seconds];
            double[][] values = new double[4][seconds];
            for (int second = 0; second < seconds; second++) {
                double ended = Math.max(1, sum(run, second, Count.DELIVERED, Count.FAILED, Count.REJECTED));
                time[second] = second;
                values[0][second] = 100 * sum(run, second, Count.DELIVERED) / ended;
                values[1][second] = 100 * sum(run, second, Count.REJECTED) / ended;
                values[2][second] = sum(run, second, Count.SENT) / (double) Math.min(second + 1, SMOOTHED_SECONDS);
                values[3][second] = 100 * run.admitted(second);
            }
            add(delivered, kind, time, values[0], i);
            add(rejected, kind, time, values[1], i);
            add(sent, kind, time, values[2], i);
            add(admitted, kind, time, values[3], i);
        }
        Charts.write(List.of(delivered, rejected, sent, admitted), file);
    }

    private static long sum(Figures run, int second, Count... counts) {
        long sum = 0;
        for (int each = Math.max(0, second - SMOOTHED_SECONDS + 1); each <= second; each++) {
            for (Count count : counts) {
                sum += run.in(count, each);
            }
        }
        return sum;
    }

    private static void add(XYChart chart, Kind kind, double[] time, double[] values, int color) {
        Charts.add(chart, kind.name(), time, values, color, kind.equals(Subjects.RECOMMENDED));
    }
}
