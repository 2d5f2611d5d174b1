// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The look of all plots of the manual: lines over seconds, one chart below the other. */
public final class Charts {
    /** Colours that are distinct for the colour-blind too. */
    private static final Color[] COLORS = {
        new Color(0xCC, 0x79, 0xA7),
        new Color(0xE6, 0x9F, 0x00),
        new Color(0x56, 0xB4, 0xE9),
        new Color(0xD5, 0x5E, 0x00),
        new Color(0x00, 0x72, 0xB2)
    };

    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 230;

    private Charts() {}

    /** Returns an empty chart whose values begin at 0. */
    public static XYChart chart(String title) {
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
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setXAxisDecimalPattern("0 s");
        return chart;
    }

    /** Returns an empty chart of percentages. */
    public static XYChart percentages(String title) {
        XYChart chart = chart(title);
        chart.getStyler().setYAxisMax(104.0);
        return chart;
    }

    /**
     * Adds a line.
     *
     * @param color the number of its colour, less than 5
     * @param isStrong whether it is the line to look at
     */
    public static void add(XYChart chart, String name, double[] seconds, double[] values, int color, boolean isStrong) {
        chart.addSeries(name, seconds, values)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(COLORS[color])
                .setLineWidth(isStrong ? 3 : 2);
    }

    /** Writes a picture with these charts. */
    public static void write(List<XYChart> charts, Path file) throws IOException {
        BitmapEncoder.saveBitmap(charts, charts.size(), 1, file.toString(), BitmapFormat.PNG);
    }
}
