// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import io.switchgear.console.model.History;
import io.switchgear.console.model.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.util.List;
import javax.swing.JPanel;

/**
 * A plot of the last two to ten minutes, as far as they are known, now at the right.
 *
 * <p>Intentional: no library. Lines over one time axis are all that is drawn, and a library is ten times as large as
 * the rest of the console.
 */
final class Plot extends JPanel {
    /** A line; a point that is NaN leaves a gap. */
    record Line(String name, Palette color, History history, History.Series series) {
        private float[] points() {
            return history.points(series);
        }
    }

    /** A dashed line at a value. */
    record Threshold(String name, double value, Palette color) {}

    private static final float[] DASHES = {5, 4};
    private final String title;
    private final String unit;
    private List<Line> lines = List.of();
    private List<Threshold> thresholds = List.of();

    Plot(String title, String unit) {
        this.title = title;
        this.unit = unit;
        setPreferredSize(new Dimension(320, 130));
        setMinimumSize(new Dimension(120, 60));
        setFocusable(false);
    }

    void show(List<Line> lines, List<Threshold> thresholds) {
        this.lines = lines;
        this.thresholds = thresholds;
        getAccessibleContext().setAccessibleName(inWords());
        repaint();
    }

    /** Returns the last value of each line, for a screen reader. */
    String inWords() {
        StringBuilder words = new StringBuilder(title);
        for (Line line : lines) {
            words.append(", ").append(line.name()).append(' ').append(Text.number(last(line.points())));
        }
        for (Threshold threshold : thresholds) {
            words.append(", ").append(threshold.name()).append(' ').append(Text.number(threshold.value()));
        }
        return words.toString();
    }

    private static double last(float[] points) {
        return points.length == 0 ? Double.NaN : points[points.length - 1];
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        super.paintComponent(graphics);
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        FontMetrics font = g.getFontMetrics(getFont());
        g.setFont(getFont());
        int top = drawLegend(g, font) + 4;
        int bottom = getHeight() - font.getHeight() - 2;
        int left = font.stringWidth("00000") + 4;
        int right = getWidth() - 6;
        double max = max();
        drawFrame(g, font, left, top, right, bottom, max);
        for (Line line : lines) {
            g.setColor(line.color().on(getParent()));
            g.setStroke(new BasicStroke(1.6f));
            g.draw(path(line.points(), left, top, right, bottom, max));
        }
        for (Threshold threshold : thresholds) {
            int y = (int) (bottom - threshold.value() / max * (bottom - top));
            g.setColor(threshold.color().on(getParent()));
            g.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, DASHES, 0));
            g.drawLine(left, y, right, y);
            String label = threshold.name() + " " + Text.number(threshold.value());
            g.drawString(label, Math.max(left, right - font.stringWidth(label)), y - 2);
        }
        g.dispose();
    }

    /** Draws the legend, on further lines where one is too short; returns its height. */
    private int drawLegend(Graphics2D g, FontMetrics font) {
        g.setColor(getForeground());
        g.drawString(title, 4, font.getAscent());
        int x = font.stringWidth(title) + 16;
        int y = 0;
        for (Line line : lines) {
            String label = line.name() + " " + Text.number(last(line.points())) + unit;
            if (x > 4 && x + 14 + font.stringWidth(label) > getWidth()) {
                x = 4;
                y += font.getHeight();
            }
            g.setColor(line.color().on(getParent()));
            g.fillRect(x, y + font.getAscent() / 2 + 1, 10, 4);
            g.drawString(label, x + 14, y + font.getAscent());
            x += font.stringWidth(label) + 26;
        }
        return y + font.getHeight();
    }

    private void drawFrame(Graphics2D g, FontMetrics font, int left, int top, int right, int bottom, double max) {
        g.setColor(Palette.isDark(getParent()) ? Color.GRAY : Color.LIGHT_GRAY);
        g.drawLine(left, top, left, bottom);
        g.drawLine(left, bottom, right, bottom);
        g.setColor(getForeground());
        String highest = Text.number(max);
        g.drawString(highest, left - 4 - font.stringWidth(highest), top + font.getAscent() / 2);
        g.drawString("0", left - 4 - font.stringWidth("0"), bottom);
        int baseline = bottom + font.getAscent();
        g.drawString("−" + seconds() / 60 + " min", left, baseline);
        g.drawString("now", right - font.stringWidth("now"), baseline);
    }

    /** Returns the length of the time axis, in whole minutes. */
    private int seconds() {
        int known = lines.isEmpty() ? 0 : lines.get(0).points().length;
        return Math.max(2, Math.min(History.POINTS / 60, (known + 59) / 60)) * 60;
    }

    /** Returns a round number that no point and no threshold exceeds. */
    private double max() {
        double max = 0;
        for (Threshold threshold : thresholds) {
            max = Math.max(max, threshold.value() * 1.25);
        }
        for (Line line : lines) {
            for (float point : line.points()) {
                max = Math.max(max, Float.isNaN(point) ? 0 : point);
            }
        }
        double step = Math.pow(10, Math.floor(Math.log10(Math.max(1, max))));
        return Math.max(1, Math.ceil(max / step * 2) / 2 * step);
    }

    private Path2D path(float[] points, int left, int top, int right, int bottom, double max) {
        Path2D path = new Path2D.Float();
        boolean drawing = false;
        for (int i = 0; i < points.length; i++) {
            if (Float.isNaN(points[i])) {
                drawing = false;
                continue;
            }
            double x = right - (double) (points.length - 1 - i) / (seconds() - 1) * (right - left);
            double y = bottom - points[i] / max * (bottom - top);
            if (drawing) {
                path.lineTo(x, y);
            } else {
                path.moveTo(x, y);
            }
            drawing = true;
        }
        return path;
    }
}
