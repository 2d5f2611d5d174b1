// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import io.switchgear.console.model.Link;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;

/** The console in a window of its own. */
public final class StandaloneWindow {
    private final JFrame frame;
    private final Link link;
    private ConsolePanel panel;
    private boolean dark;

    private StandaloneWindow(Link link, boolean dark) {
        this.link = link;
        this.dark = dark;
        frame = new JFrame("Circuit breakers");
        frame.setName("switchgear-window");
        frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
        frame.setPreferredSize(new Dimension(1240, 820));
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent closed) {
                panel.close();
            }
        });
        key(KeyEvent.VK_PLUS, () -> scale(1.1f));
        key(KeyEvent.VK_EQUALS, () -> scale(1.1f));
        key(KeyEvent.VK_MINUS, () -> scale(1 / 1.1f));
        key(KeyEvent.VK_D, this::switchLook);
    }

    /** Opens the window, on the event thread. */
    public static void open(Link link, boolean dark) {
        // the natives are not in the jar
        System.setProperty("flatlaf.useNativeLibrary", "false");
        SwingUtilities.invokeLater(() -> new StandaloneWindow(link, dark).show());
    }

    private void show() {
        look();
        panel = new ConsolePanel(
                link,
                open -> frame.setTitle(
                        (open == 0 ? "" : "(" + open + " open) ") + "Circuit breakers of " + link.title()));
        frame.setContentPane(panel);
        frame.pack();
        frame.setVisible(true);
    }

    private void look() {
        if (dark) {
            FlatDarkLaf.setup();
        } else {
            FlatLightLaf.setup();
        }
    }

    private void switchLook() {
        dark = !dark;
        look();
        FlatLaf.updateUI();
    }

    private void scale(float factor) {
        Font font = UIManager.getFont("defaultFont");
        float size = Math.max(8, Math.min(40, font.getSize2D() * factor));
        UIManager.put("defaultFont", font.deriveFont(size));
        FlatLaf.updateUI();
    }

    private void key(int code, Runnable action) {
        String name = "key" + code;
        frame.getRootPane()
                .getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW)
                .put(KeyStroke.getKeyStroke(code, InputEvent.CTRL_DOWN_MASK), name);
        frame.getRootPane().getActionMap().put(name, Actions.of(action));
    }
}
