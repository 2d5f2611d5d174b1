// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.util.Locale;

/** Text of other programs, made safe to show, and durations and rates in words. */
public final class Text {
    private static final int SHOWN = 120;
    private static final int LINE = 400;

    private Text() {}

    /** Returns one line of at most 120 characters, without control characters. */
    public static String shown(Object value) {
        return line(value, SHOWN);
    }

    /** Returns one line of at most 400 characters, without control characters. */
    public static String line(Object value) {
        return line(value, LINE);
    }

    private static String line(Object value, int max) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        StringBuilder line = new StringBuilder(Math.min(text.length(), max) + 1);
        for (int i = 0; i < text.length(); i++) {
            if (line.length() >= max) {
                return line.append('…').toString();
            }
            char next = text.charAt(i);
            // also what turns the direction of text around, and separators of lines
            boolean hidden = Character.isISOControl(next)
                    || Character.getType(next) == Character.FORMAT
                    || next == '\u2028'
                    || next == '\u2029';
            line.append(hidden ? (next == '\n' ? '⏎' : '␣') : next);
        }
        return line.toString();
    }

    /** Returns a duration with its two largest units, as in {@code 2 min 5 s}. */
    public static String duration(long millis) {
        long seconds = Math.max(0, millis / 1000);
        if (seconds < 60) {
            return seconds + " s";
        } else if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        } else if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds / 3600 % 24 + " h";
    }

    /** Returns a number with one digit after the point below 10; a dash if it is unknown. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return value == Math.rint(value) || value >= 10
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
