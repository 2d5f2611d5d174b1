// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import java.awt.Dimension;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;

/** Components with what each of them needs: a name for tests and screen readers, and no HTML from other programs. */
final class Plain {
    private Plain() {}

    static JLabel label(String name) {
        JLabel label = new JLabel(" ");
        noHtml(label);
        label.setName(name);
        return label;
    }

    /** Creates text that wraps and can be copied. */
    static JTextArea text(String name, String accessibleName) {
        JTextArea text = new JTextArea();
        text.setName(name);
        text.setEditable(false);
        text.setLineWrap(true);
        text.setWrapStyleWord(true);
        text.setOpaque(false);
        text.setMinimumSize(new Dimension(50, 10));
        text.getAccessibleContext().setAccessibleName(accessibleName);
        return text;
    }

    /** Shows so many rows of a text, whatever its length, so that nothing moves away under the mouse. */
    static JScrollPane ofFixedHeight(JTextArea text, int rows) {
        text.setRows(rows);
        JScrollPane pane = new JScrollPane(text);
        pane.setBorder(BorderFactory.createEmptyBorder());
        return pane;
    }

    static JButton button(String name, String text, char key, Runnable action) {
        JButton button = new JButton(text);
        button.setName(name);
        button.setMnemonic(key);
        button.addActionListener(pressed -> action.run());
        return button;
    }

    static <T extends JComponent> T noHtml(T component) {
        component.putClientProperty("html.disable", true);
        return component;
    }

    /** Sets text only if it is another: a screen reader reads it again otherwise, and a selection is lost. */
    static void set(JTextArea area, String text) {
        if (!area.getText().equals(text)) {
            area.setText(text);
            area.setCaretPosition(0);
        }
    }
}
