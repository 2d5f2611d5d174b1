// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import io.switchgear.console.model.Detail;
import io.switchgear.console.model.Text;
import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.DefaultTableModel;

/** The selected breaker beside the rehearsed one. */
final class RehearsalPanel extends JPanel {
    private static final String[] COLUMNS = {"", "In force", "Rehearsed"};
    private static final String NONE =
            "Nothing is rehearsed. Type values in Settings and press Rehearse first: a second breaker with these values"
                    + " judges the same calls and rejects none, and is compared here.";

    private final transient ActionBar.Sender sender;
    private final transient BiConsumer<String, CompletableFuture<String>> report;
    private final JTextArea sentence = Plain.text("rehearsal", "What is rehearsed");
    private final DefaultTableModel figures = new DefaultTableModel(COLUMNS, 0) {
        @Override
        public boolean isCellEditable(int row, int column) {
            return false;
        }
    };
    private final JButton end;
    private final JButton apply;
    private transient Detail shown;

    RehearsalPanel(ActionBar.Sender sender, BiConsumer<String, CompletableFuture<String>> report) {
        super(new BorderLayout(4, 4));
        this.sender = sender;
        this.report = report;
        end = Plain.button("endRehearsal", "End rehearsal", 'N', () -> send("endRehearsal"));
        apply = Plain.button("applyRehearsal", "Apply rehearsal", 'L', () -> send("applyRehearsal"));
        sentence.setBorder(BorderFactory.createEmptyBorder(4, 6, 4, 6));
        JTable table = new JTable(figures);
        table.setName("rehearsed");
        table.getAccessibleContext().setAccessibleName("The breaker beside the rehearsed one");
        table.setDefaultRenderer(Object.class, Plain.noHtml(new DefaultTableCellRenderer()));
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING));
        buttons.add(end);
        buttons.add(apply);
        add(Plain.ofFixedHeight(sentence, 3), BorderLayout.NORTH);
        add(new JScrollPane(table), BorderLayout.CENTER);
        add(buttons, BorderLayout.SOUTH);
    }

    private void send(String operation) {
        CompletableFuture<String> result = sender.invoke(shown.mbean(), operation);
        // all settings in force are in the table of settings
        report.accept(operation, operation.equals("applyRehearsal") ? result.thenApply(inForce -> "") : result);
    }

    void show(Detail detail, String whyOff) {
        shown = detail;
        boolean runs = detail != null && detail.isRehearsing();
        String why = runs ? whyOff : "Nothing is rehearsed";
        for (JButton button : List.of(end, apply)) {
            button.setEnabled(why.isEmpty());
            button.setToolTipText(why.isEmpty() ? null : why);
            button.getAccessibleContext().setAccessibleDescription(why);
        }
        Plain.set(sentence, runs ? detail.rehearsal() + "." : NONE);
        List<String[]> rows = runs ? rows(detail) : List.of();
        if (figures.getRowCount() != rows.size()) {
            figures.setRowCount(rows.size());
        }
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < COLUMNS.length; column++) {
                if (!rows.get(row)[column].equals(figures.getValueAt(row, column))) {
                    figures.setValueAt(rows.get(row)[column], row, column);
                }
            }
        }
    }

    private static List<String[]> rows(Detail detail) {
        List<String[]> rows = new ArrayList<>();
        detail.rehearsedSettings().forEach((name, value) -> rows.add(new String[] {name, detail.text(name), value}));
        rows.add(new String[] {"State", detail.text("State"), detail.text("RehearsedState")});
        rows.add(numbers(detail, "Admitted %", "AdmittedPercent", "RehearsedAdmittedPercent"));
        rows.add(numbers(detail, "Failure rate %", "FailureRatePercent", "RehearsedFailureRatePercent"));
        rows.add(numbers(detail, "Opened since it began", "OpenedSinceRehearsal", "RehearsedOpened"));
        rows.add(numbers(detail, "Rejected since it began", "RejectedSinceRehearsal", "RehearsedRejected"));
        rows.add(numbers(detail, "Rejected, but succeeded", "", "RehearsedLostSuccesses"));
        rows.add(numbers(detail, "Not seen", "", "RehearsedUnseenCalls"));
        rows.add(new String[] {"Last trip", detail.text("LastTrip"), detail.text("RehearsedLastTrip")});
        return rows;
    }

    private static String[] numbers(Detail detail, String what, String inForce, String rehearsed) {
        return new String[] {what, Text.number(detail.number(inForce)), Text.number(detail.number(rehearsed))};
    }
}
