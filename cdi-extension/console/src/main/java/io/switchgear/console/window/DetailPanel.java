// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import io.switchgear.console.model.BreakerRow;
import io.switchgear.console.model.Detail;
import io.switchgear.console.model.Effect;
import io.switchgear.console.model.History.Series;
import io.switchgear.console.model.Monitor;
import io.switchgear.console.model.Setting;
import io.switchgear.console.model.Text;
import io.switchgear.console.model.View;
import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.GridLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.JTabbedPane;
import javax.swing.JTextArea;

/** The selected breaker: what happens, why, and what can be done about it. */
final class DetailPanel extends JPanel {
    private final transient Monitor monitor;
    private final transient BiConsumer<String, CompletableFuture<String>> report;
    private final JLabel headline = Plain.label("headline");
    private final JTextArea sentence = Plain.text("sentence", "What happens");
    private final Plot traffic = new Plot("Calls per second", "");
    private final Plot measure = new Plot("Compared with the threshold", "");
    private final ActionBar actions;
    private final SettingsTable settings;
    private final JTextArea effect = Plain.text("effect", "What the change does");
    private final JButton apply;
    private final JButton rehearse;
    private final JButton discard;
    private final RehearsalPanel rehearsal;
    private final JTextArea history = Plain.text("history", "Last changes of the breaker");
    private final JTextArea around = Plain.text("around", "Retries, fallbacks and services around the breaker");
    private final JTextArea events = Plain.text("events", "Notifications, the newest first");
    private transient View view;
    private transient String problem = "";
    private transient String overtaken = "";

    DetailPanel(Monitor monitor, BiConsumer<String, CompletableFuture<String>> report) {
        super(new BorderLayout(4, 4));
        this.monitor = monitor;
        this.report = report;
        actions = new ActionBar(monitor::invoke, report);
        settings = new SettingsTable(this::problem, this::showPending);
        apply = Plain.button("apply", "Apply", 'P', this::apply);
        rehearse = Plain.button("rehearse", "Rehearse first", 'F', this::rehearse);
        rehearsal = new RehearsalPanel(monitor::invoke, report);
        discard = Plain.button("discard", "Discard", 'D', this::discard);
        JPanel top = new JPanel(new BorderLayout());
        top.add(headline, BorderLayout.NORTH);
        top.add(actions, BorderLayout.CENTER);
        top.add(Plain.ofFixedHeight(sentence, 3), BorderLayout.SOUTH);
        add(top, BorderLayout.NORTH);
        JPanel plots = new JPanel(new GridLayout(2, 1, 4, 4));
        plots.add(traffic);
        plots.add(measure);
        JSplitPane split = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, plots, tabs());
        split.setResizeWeight(0.42);
        split.setBorder(null);
        add(split, BorderLayout.CENTER);
        showPending();
    }

    private JTabbedPane tabs() {
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING));
        buttons.add(discard);
        buttons.add(rehearse);
        buttons.add(apply);
        JPanel below = new JPanel(new BorderLayout());
        effect.setBorder(BorderFactory.createEmptyBorder(4, 6, 4, 6));
        below.add(Plain.ofFixedHeight(effect, 3), BorderLayout.CENTER);
        below.add(buttons, BorderLayout.EAST);
        JPanel tuning = new JPanel(new BorderLayout());
        tuning.add(new JScrollPane(settings), BorderLayout.CENTER);
        tuning.add(below, BorderLayout.SOUTH);
        JTabbedPane tabs = new JTabbedPane();
        tabs.setName("details");
        tabs.addTab("Settings", tuning);
        tabs.addTab("Rehearsal", rehearsal);
        tabs.addTab("History", new JScrollPane(history));
        tabs.addTab("Around it", new JScrollPane(around));
        tabs.addTab("Events", new JScrollPane(events));
        for (int i = 0; i < tabs.getTabCount(); i++) {
            tabs.setMnemonicAt(i, '1' + i);
        }
        return tabs;
    }

    /** Returns whether the operator is about to change something. */
    boolean isInUse() {
        return settings.isEditing() || !settings.pending().isEmpty();
    }

    void show(View shown) {
        view = shown;
        Detail detail = shown.detail();
        String whyOff = shown.problem().isEmpty() ? shown.whyReadOnly() : shown.problem();
        actions.show(detail, whyOff);
        rehearsal.show(detail, whyOff);
        Plain.set(
                events,
                shown.events().stream()
                        .map(event -> event.at() + "  " + event.text())
                        .collect(Collectors.joining("\n")));
        BreakerRow row = detail == null
                ? null
                : shown.rows().stream()
                        .filter(each -> each.mbean().equals(detail.mbean()))
                        .findFirst()
                        .orElse(null);
        if (row == null) {
            headline.setText(" ");
            Plain.set(sentence, shown.problem());
            return;
        }
        // at each view, as the operator may have changed the size
        headline.setFont(
                sentence.getFont().deriveFont(Font.BOLD, sentence.getFont().getSize2D() * 1.5f));
        headline.setText("● " + row.stateInWords() + "   " + Text.shown(row.name()));
        headline.setForeground(BreakerTable.color(row).on(this));
        Plain.set(sentence, sentence(row, detail));
        plot(row, detail);
        String dropped = settings.show(
                detail.mbean(),
                detail.settings(),
                whyOff.isEmpty() && detail.operations().contains("changeSettings"));
        if (!dropped.isEmpty()) {
            overtaken = dropped + (detail.text("LastChange").isEmpty() ? "" : ". " + detail.text("LastChange"));
        }
        showPending();
        Plain.set(history, String.join("\n", detail.lines("Transitions")));
        Plain.set(around, around(detail));
    }

    private String sentence(BreakerRow row, Detail detail) {
        StringBuilder text = new StringBuilder(view.problem());
        line(
                text,
                !row.isAutomatic(),
                "Mode " + row.mode() + ": " + row.modeReason()
                        + (detail.values().get("ModeUntil") == null
                                ? ", no end"
                                : ", until " + detail.text("ModeUntil")));
        line(text, row.state().equals("OPEN") && row.remainingMillis() > 0, "Trials in " + row.timeLeft() + ".");
        line(
                text,
                row.state().equals("HALF_OPEN"),
                "Trials: " + detail.text("TrialSuccesses") + " of "
                        + detail.text("SuccessThreshold") + " have succeeded, " + detail.text("TrialsInFlight")
                        + " in flight.");
        line(text, !row.lastTrip().isEmpty(), "Last trip: " + row.lastTrip() + ".");
        line(
                text,
                !row.lastFailure().isEmpty(),
                "Last failure: " + row.lastFailure() + " at " + detail.text("LastFailureTime") + ".");
        line(text, row.inFlight() > 0, row.inFlight() + " in flight.");
        line(text, detail.isRehearsing(), detail.rehearsal() + ".");
        line(text, row.isInPart(), "It " + detail.text("Admission") + ".");
        line(text, !detail.text("ChangedSettings").isEmpty(), "Changed: " + detail.text("ChangedSettings") + ".");
        line(text, !view.whyReadOnly().isEmpty(), view.whyReadOnly() + ".");
        return text.isEmpty() ? "Nothing to report." : text.toString();
    }

    private static void line(StringBuilder text, boolean applies, String sentence) {
        if (applies) {
            text.append(text.isEmpty() ? "" : "  ").append(sentence);
        }
    }

    private void plot(BreakerRow row, Detail detail) {
        List<Plot.Line> calls = new ArrayList<>(List.of(
                new Plot.Line("succeeded", Palette.SUCCEEDED, row.history(), Series.SUCCEEDED),
                new Plot.Line("failed", Palette.FAILED, row.history(), Series.FAILED),
                new Plot.Line("rejected", Palette.REJECTED, row.history(), Series.REJECTED)));
        List<Plot.Threshold> thresholds = new ArrayList<>();
        if (!Double.isNaN(detail.threshold())) {
            thresholds.add(new Plot.Threshold(detail.thresholdName(), detail.threshold(), Palette.OPEN));
        }
        if (detail.isRehearsing()) {
            calls.add(new Plot.Line("rehearsed: rejected", Palette.REHEARSED, row.history(), Series.REHEARSED));
            String rehearsed = detail.rehearsedSettings().get(detail.thresholdName());
            if (rehearsed != null) {
                thresholds.add(new Plot.Threshold("rehearsed", Double.parseDouble(rehearsed), Palette.REHEARSED));
            }
        }
        traffic.show(calls, List.of());
        measure.show(
                List.of(new Plot.Line(
                        detail.countsInARow() ? "failures in a row" : "failure rate %",
                        Palette.MEASURE,
                        row.history(),
                        Series.MEASURE)),
                thresholds);
    }

    private static String around(Detail detail) {
        if (detail.layers().isEmpty()) {
            return "Nothing else stands around the methods of this breaker.\n\nMethods:\n"
                    + String.join("\n", detail.lines("Methods"));
        }
        return detail.layers().stream()
                .map(layer -> layer.kind() + "  " + Text.shown(layer.name()) + "\n    "
                        + String.join(", ", layer.facts()) + "\n    "
                        + layer.settings().stream()
                                .map(setting -> setting.name() + "=" + setting.value())
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n\n"));
    }

    private void problem(String text) {
        problem = text;
        overtaken = "";
        showPending();
    }

    private void showPending() {
        if (effect == null || apply == null) {
            return;
        }
        boolean waiting = !settings.pending().isEmpty();
        apply.setEnabled(settings.isWritable() && (waiting || settings.isEditing()));
        rehearse.setEnabled(apply.isEnabled()
                && view != null
                && view.detail() != null
                && view.detail().operations().contains("rehearse"));
        discard.setEnabled(waiting || settings.isEditing());
        boolean bad = !problem.isEmpty() || !overtaken.isEmpty();
        effect.setForeground(bad ? Palette.OPEN.on(this) : getForeground());
        if (bad) {
            Plain.set(effect, problem.isEmpty() ? overtaken : problem);
        } else if (waiting && view != null && view.detail() != null) {
            Plain.set(effect, String.join("\n", Effect.of(view.detail(), settings.pending())));
        } else {
            Plain.set(
                    effect,
                    view == null || view.whyReadOnly().isEmpty() ? "Click a value to change it." : view.whyReadOnly());
        }
    }

    private void apply() {
        send("", monitor::change);
    }

    private void rehearse() {
        send("rehearse ", monitor::rehearse);
    }

    private void send(String what, BiFunction<ObjectName, Map<Setting, String>, CompletableFuture<String>> change) {
        if (settings.isEditing() && !settings.getCellEditor().stopCellEditing()) {
            return;
        }
        if (settings.pending().isEmpty()) {
            return;
        }
        String changes = settings.pending().entrySet().stream()
                .map(each -> each.getKey().name() + "=" + each.getValue())
                .collect(Collectors.joining(", "));
        report.accept(
                what + changes,
                change.apply(view.detail().mbean(), settings.pending()).thenApply(inForce -> ""));
        settings.discard();
    }

    private void discard() {
        overtaken = "";
        settings.discard();
    }
}
