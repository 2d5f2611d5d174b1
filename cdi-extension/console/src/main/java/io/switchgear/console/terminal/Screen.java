// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.terminal;

import io.switchgear.console.model.BreakerRow;
import io.switchgear.console.model.Detail;
import io.switchgear.console.model.History;
import io.switchgear.console.model.Text;
import io.switchgear.console.model.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.management.ObjectName;

/** A view as lines for a terminal. */
final class Screen {
    // the other buffer of the terminal, so that what was there before comes back; without a cursor
    static final String OPEN = "\033[?1049h\033[?25l";
    static final String CLOSE = "\033[?25h\033[?1049l";
    private static final String HOME = "\033[H";
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_SCREEN = "\033[J";
    private static final String PLAIN = "\033[0m";
    private static final String BARS = " ▁▂▃▄▅▆▇█";
    // what stands for signs where a terminal has ASCII alone
    private static final String SIGNS = "▁▂▃▄▅▆▇█…–→⏎␣·";
    private static final String IN_ASCII = "__--==##~->/ |";
    private static final Duration LATE = Duration.ofSeconds(4);
    private static final int DETAIL_LINES = 14;
    private static final int MESSAGE_LINES = 3;
    private static final int MIN_ROWS = 3;
    private static final int NAME_COLUMNS = 44;

    private final boolean ascii;
    private int[] size;
    private Instant sized = Instant.now();

    /**
     * Creates a screen.
     *
     * @param size lines and columns
     */
    Screen(boolean ascii, int[] size) {
        this.ascii = ascii;
        this.size = size.clone();
    }

    private String encodable(String text) {
        if (!ascii) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int sign = SIGNS.indexOf(text.charAt(i));
            plain.append(sign < 0 ? text.charAt(i) : IN_ASCII.charAt(sign));
        }
        return plain.toString();
    }

    /** Returns all breakers without colours, for a pipe. */
    String plain(View view) {
        StringBuilder text = new StringBuilder(view.status());
        view.rows().forEach(row -> text.append('\n').append(line(view, row, NAME_COLUMNS)));
        return encodable(text.toString());
    }

    String of(View view, ObjectName selected, String message, String typed, Instant now) {
        if (Duration.between(sized, now).toSeconds() >= 1) {
            size = Tty.size();
            sized = now;
        }
        int columns = size[1];
        Duration age = Duration.between(view.at(), now);
        boolean late = age.compareTo(LATE) > 0;
        String status = late ? "No answer for " + Text.duration(age.toMillis()) + "; this is old" : view.status();
        List<String> last = new ArrayList<>();
        last.add(cut(
                view.events().isEmpty()
                        ? ""
                        : "Last event: " + view.events().get(0).text(),
                columns));
        last.addAll(wrapped(message, columns, MESSAGE_LINES));
        last.add(bold(39, cut("> " + typed, columns - 1)) + "\033[7m \033[0m");

        List<String> lines = new ArrayList<>();
        lines.add(bold(late || !view.problem().isEmpty() ? 31 : 39, cut(status, columns)));
        int room = Math.max(MIN_ROWS, size[0] - 1 - 1 - DETAIL_LINES - last.size());
        int chosen = index(view, selected);
        int first = Math.max(0, Math.min(chosen - room / 2, view.rows().size() - room));
        // what a narrow terminal cuts off at the right is in the detail too
        int name = Math.max(20, Math.min(NAME_COLUMNS, columns - 60));
        for (int i = first; i < Math.min(view.rows().size(), first + room); i++) {
            BreakerRow row = view.rows().get(i);
            String text = cut(
                    (i == chosen ? "> " : "  ") + String.format(Locale.ROOT, "%3d ", i + 1) + line(view, row, name),
                    columns);
            lines.add(i == chosen ? bold(color(row), text) : "\033[" + color(row) + "m" + text + PLAIN);
        }
        lines.add("");
        if (view.detail() != null && chosen >= 0) {
            List<String> detail = detail(view.rows().get(chosen), view.detail(), columns);
            lines.addAll(detail.subList(0, Math.max(0, Math.min(detail.size(), size[0] - lines.size() - last.size()))));
        }
        while (lines.size() < size[0] - last.size()) {
            lines.add("");
        }
        lines.addAll(last);
        List<String> shown = lines.size() > size[0] ? lines.subList(lines.size() - size[0], lines.size()) : lines;
        return encodable(HOME + String.join(REST_OF_LINE + "\r\n", shown) + REST_OF_SCREEN);
    }

    private static int index(View view, ObjectName selected) {
        for (int i = 0; i < view.rows().size(); i++) {
            if (view.rows().get(i).mbean().equals(selected)) {
                return i;
            }
        }
        return -1;
    }

    private static String line(View view, BreakerRow row, int nameColumns) {
        return String.format(
                Locale.ROOT,
                "%-18s %-" + nameColumns + "s %12s %12s %6s/s %5s%% failed %6s rejected/s",
                row.stateInWords(),
                cut(Text.shown(row.name()), nameColumns),
                row.timeLeft(),
                view.since(row),
                Text.number(row.callsPerSecond()),
                Text.number(row.failedPercent()),
                Text.number(row.rejectedPerSecond()));
    }

    private static List<String> detail(BreakerRow row, Detail detail, int columns) {
        List<String> lines = new ArrayList<>();
        lines.add(bold(color(row), cut(row.stateInWords() + "  " + Text.shown(row.name()), columns)));
        if (!row.isAutomatic()) {
            lines.add(cut("mode " + row.mode() + ": " + row.modeReason(), columns));
        }
        if (!row.lastTrip().isEmpty()) {
            lines.addAll(wrapped("last trip: " + row.lastTrip(), columns, 2));
        }
        if (row.isInPart()) {
            lines.addAll(wrapped(detail.text("Admission"), columns, 2));
        }
        if (detail.isRehearsing()) {
            lines.addAll(wrapped(detail.rehearsal(), columns, 2));
        }
        lines.add(cut("succeeded " + bars(row.history().points(History.Series.SUCCEEDED), columns - 12), columns));
        lines.add(cut("failed    " + bars(row.history().points(History.Series.FAILED), columns - 12), columns));
        lines.add(cut("rejected  " + bars(row.history().points(History.Series.REJECTED), columns - 12), columns));
        if (detail.isRehearsing()) {
            lines.add(cut("rehearsed " + bars(row.history().points(History.Series.REHEARSED), columns - 12), columns));
        }
        StringBuilder settings = new StringBuilder();
        detail.settings().forEach(setting -> {
            String text = setting.name() + "=" + setting.value() + "  ";
            int start = settings.lastIndexOf("\n") + 1;
            settings.append(settings.length() - start + text.length() > columns ? "\n" : "")
                    .append(text);
        });
        settings.toString().lines().forEach(lines::add);
        return lines.size() > DETAIL_LINES ? lines.subList(0, DETAIL_LINES) : lines;
    }

    private static String bars(float[] points, int width) {
        int from = Math.max(0, points.length - Math.max(1, width));
        float max = 0.001f;
        for (float point : points) {
            max = Math.max(max, Float.isNaN(point) ? 0 : point);
        }
        StringBuilder bars = new StringBuilder();
        for (int i = from; i < points.length; i++) {
            int height = Float.isNaN(points[i]) ? 0 : Math.round(points[i] / max * (BARS.length() - 1));
            bars.append(BARS.charAt(height));
        }
        return bars.toString();
    }

    private static int color(BreakerRow row) {
        if (!row.enabled()) {
            return 90;
        }
        return switch (row.state()) {
            case "OPEN" -> row.isAutomatic() ? 31 : 35;
            case "HALF_OPEN" -> 33;
            default -> row.isAutomatic() ? 32 : 35;
        };
    }

    private static String bold(int color, String text) {
        return "\033[1;" + color + "m" + text + PLAIN;
    }

    /** Returns the text as lines, broken between words; the end of what needs more lines is cut off. */
    static List<String> wrapped(String text, int width, int most) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width && lines.size() < most - 1) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(cut(rest, width));
        return lines;
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
    }
}
