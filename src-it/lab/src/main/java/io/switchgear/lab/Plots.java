// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab;

import io.switchgear.lab.simulation.Experiment;
import io.switchgear.lab.simulation.Figures;
import io.switchgear.lab.simulation.Figures.Count;
import io.switchgear.lab.simulation.Scenario;
import io.switchgear.lab.simulation.Scenario.Breakers;
import io.switchgear.lab.simulation.Subject.Kind;
import io.switchgear.lab.subject.Subjects;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws one run over time: what was delivered, rejected and sent, and the share of calls that was admitted. */
final class Plots {
    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 230;
    private static final int SMOOTHED_SECONDS = 5;
    private static final Color[] COLORS = {
        new Color(0xCC, 0x79, 0xA7),
        new Color(0xE6, 0x9F, 0x00),
        new Color(0x56, 0xB4, 0xE9),
        new Color(0xD5, 0x5E, 0x00),
        new Color(0x00, 0x72, 0xB2)
    };

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
        XYChart delivered = chart(scenario.title() + ": delivered, % of the calls");
        XYChart rejected = chart("rejected, % of the calls");
        XYChart sent = chart("sent, requests in a second");
        XYChart admitted = chart("admitted, % of the calls at that moment");
        sent.getStyler().setYAxisMax(null);
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
            add(delivered, kind, time, values[0], COLORS[i]);
            add(rejected, kind, time, values[1], COLORS[i]);
            add(sent, kind, time, values[2], COLORS[i]);
            add(admitted, kind, time, values[3], COLORS[i]);
        }
        BitmapEncoder.saveBitmap(List.of(delivered, rejected, sent, admitted), 4, 1, file.toString(), BitmapFormat.PNG);
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

    private static XYChart chart(String title) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .theme(ChartTheme.XChart)
                .build();
        chart.getStyler()
                .setLegendPosition(LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE)
                .setChartBackgroundColor(Color.WHITE)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(104.0);
        chart.getStyler().setXAxisDecimalPattern("0 s");
        return chart;
    }

    private static void add(XYChart chart, Kind kind, double[] time, double[] values, Color color) {
        chart.addSeries(kind.name(), time, values)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(color)
                .setLineWidth(kind.equals(Subjects.RECOMMENDED) ? 3 : 2);
    }
}
