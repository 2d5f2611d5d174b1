// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import io.switchgear.console.model.Detail;
import io.switchgear.console.model.Text;
import java.awt.Component;
import java.awt.FlowLayout;
import java.awt.GridLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import javax.management.ObjectName;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JTextField;

/** The operations of a breaker as buttons. A button that is off says why. */
final class ActionBar extends JPanel {
    /** Sends an operation to an MBean. */
    interface Sender {
        CompletableFuture<String> invoke(ObjectName mbean, String operation, Object... arguments);
    }

    private final transient Sender sender;
    private final transient BiConsumer<String, CompletableFuture<String>> report;
    private final transient Map<String, JButton> buttons = new LinkedHashMap<>();
    private transient Detail shown;

    /**
     * Creates the buttons.
     *
     * @param report is given what was asked for and its result
     */
    ActionBar(Sender sender, BiConsumer<String, CompletableFuture<String>> report) {
        super(new WrapLayout());
        this.sender = sender;
        this.report = report;
        add("forceOpen", "Force open…", 'O', () -> force("forceOpen", "Reject every call"));
        add("forceClosed", "Force closed…", 'C', () -> force("forceClosed", "Admit every call"));
        add("observe", "Observe", 'B', () -> send("observe", ""));
        add("automatic", "Automatic", 'A', () -> send("automatic"));
        add("halfOpenNow", "Half-open now", 'H', () -> send("halfOpenNow"));
        add("reset", "Reset", 'R', () -> send("reset"));
        add("undoLastChange", "Undo change", 'U', () -> send("undoLastChange"));
        add("revertSettings", "Revert to configuration", 'V', () -> send("revertSettings"));
    }

    private void add(String operation, String text, char key, Runnable action) {
        JButton button = Plain.button(operation, text, key, action);
        buttons.put(operation, button);
        add(button);
    }

    private void send(String operation, Object... arguments) {
        // the table shows the settings in force, which some operations return
        report.accept(
                operation, sender.invoke(shown.mbean(), operation, arguments).thenApply(inForce -> ""));
    }

    private void force(String operation, String title) {
        ObjectName mbean = shown.mbean();
        JTextField reason = new JTextField(30);
        reason.setName("reason");
        reason.getAccessibleContext().setAccessibleName("Reason");
        JTextField minutes = new JTextField(6);
        minutes.setName("minutes");
        minutes.getAccessibleContext().setAccessibleName("Minutes, empty for no end");
        JPanel fields = new JPanel(new GridLayout(0, 1));
        fields.add(labelled("Reason, for the others who look", reason));
        fields.add(labelled("Ends after minutes (empty: no end)", minutes));
        int answer = JOptionPane.showConfirmDialog(this, fields, title, JOptionPane.OK_CANCEL_OPTION);
        if (answer != JOptionPane.OK_OPTION) {
            return;
        }
        String end = minutes.getText().strip();
        if (end.isEmpty()) {
            report.accept(operation, sender.invoke(mbean, operation, reason.getText()));
        } else if (end.matches("\\d{1,9}")) {
            report.accept(
                    operation + "For", sender.invoke(mbean, operation + "For", Integer.valueOf(end), reason.getText()));
        } else {
            report.accept(
                    operation,
                    CompletableFuture.failedFuture(new IllegalArgumentException(
                            "minutes must be a whole number but was " + Text.shown(end) + "; nothing was changed")));
        }
    }

    static JPanel labelled(String text, Component field) {
        JPanel line = new JPanel(new FlowLayout(FlowLayout.LEADING));
        JLabel label = new JLabel(text);
        label.setLabelFor(field);
        line.add(label);
        line.add(field);
        return line;
    }

    void show(Detail detail, String whyOff) {
        shown = detail;
        boolean open = detail != null && detail.text("State").equals("OPEN");
        buttons.forEach((operation, button) -> {
            String why = whyOff;
            if (detail == null) {
                why = "No breaker is selected";
            } else if (why.isEmpty() && !detail.operations().contains(operation)) {
                why = "This version of the library has no " + operation;
            } else if (why.isEmpty() && operation.equals("halfOpenNow") && !(open && isAutomatic(detail))) {
                why = "Only for a breaker that is open by its own decision";
            } else if (why.isEmpty() && operation.equals("automatic") && isAutomatic(detail)) {
                why = "The breaker decides already";
            }
            button.setEnabled(why.isEmpty());
            button.setToolTipText(why.isEmpty() ? null : why);
            button.getAccessibleContext().setAccessibleDescription(why);
        });
    }

    private static boolean isAutomatic(Detail detail) {
        return detail.text("Mode").equals("AUTOMATIC");
    }
}
