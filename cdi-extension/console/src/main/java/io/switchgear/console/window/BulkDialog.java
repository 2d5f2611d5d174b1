// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import io.switchgear.console.model.BreakerRow;
import io.switchgear.console.model.View;
import java.awt.Component;
import java.awt.GridLayout;
import java.util.List;
import java.util.Optional;
import javax.management.ObjectName;
import javax.swing.JComboBox;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.JTextField;

/** Asks for a change of all breakers that match a pattern. */
final class BulkDialog {
    private static final List<String> WITH_TEXT = List.of("changeSettings", "forceOpen", "forceClosed", "observe");
    private static final String[] OPERATIONS = {
        "changeSettings", "forceOpen", "forceClosed", "observe", "automatic", "reset", "revertSettings"
    };

    /** What was asked for. */
    record Change(List<ObjectName> applications, String operation, List<String> arguments) {}

    private BulkDialog() {}

    static Optional<Change> show(Component parent, View view, String search) {
        JTextField pattern = new JTextField(search.isBlank() ? "*" : "*" + search.strip() + "*", 30);
        pattern.setName("pattern");
        JComboBox<String> operation = new JComboBox<>(OPERATIONS);
        operation.setName("operation");
        JTextField text = new JTextField(30);
        text.setName("text");
        List<ObjectName> applications =
                view.rows().stream().map(BreakerRow::application).distinct().toList();
        JPanel fields = new JPanel(new GridLayout(0, 1));
        fields.add(ActionBar.labelled("Names that match (* any text, ? one character)", pattern));
        fields.add(ActionBar.labelled("Operation", operation));
        fields.add(ActionBar.labelled("Changes (MinimumCalls=10, WindowCalls=50) or reason", text));
        String title = "All breakers that match, in "
                + (applications.size() == 1 ? "one application" : applications.size() + " applications");
        int answer = JOptionPane.showConfirmDialog(parent, fields, title, JOptionPane.OK_CANCEL_OPTION);
        if (answer != JOptionPane.OK_OPTION) {
            return Optional.empty();
        }
        String chosen = String.valueOf(operation.getSelectedItem());
        List<String> arguments =
                WITH_TEXT.contains(chosen) ? List.of(pattern.getText(), text.getText()) : List.of(pattern.getText());
        return Optional.of(new Change(applications, chosen, arguments));
    }

    /** Shows text that can be copied. */
    static void text(Component parent, String text) {
        JTextArea area = new JTextArea(text.isEmpty() ? "All settings are as configured" : text, 15, 70);
        area.setEditable(false);
        area.setName("exported");
        JOptionPane.showMessageDialog(parent, new JScrollPane(area), "Settings", JOptionPane.PLAIN_MESSAGE);
    }
}
