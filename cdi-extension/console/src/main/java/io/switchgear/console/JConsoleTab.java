// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console;

import com.sun.tools.jconsole.JConsolePlugin;
import io.switchgear.console.window.ConsolePanel;
import java.awt.Container;
import java.util.Map;
import javax.swing.JPanel;
import javax.swing.JTabbedPane;
import javax.swing.SwingWorker;

/** The tab of JConsole, which makes an object of this class for each connection. */
public final class JConsoleTab extends JConsolePlugin {
    private static final String TITLE = "Circuit breakers";
    private ConsolePanel panel;

    /** Creates the plugin, by the service loader of JConsole. */
    public JConsoleTab() {}

    @Override
    public synchronized Map<String, JPanel> getTabs() {
        if (panel == null) {
            panel = new ConsolePanel(new ConsoleLink(getContext()), this::badge);
        }
        return Map.of(TITLE, panel);
    }

    private void badge(long open) {
        for (Container each = panel; each != null && each.getParent() != null; each = each.getParent()) {
            if (each.getParent() instanceof JTabbedPane tabs && tabs.indexOfComponent(each) >= 0) {
                String title = open == 0 ? TITLE : TITLE + " (" + open + " open)";
                if (!tabs.getTitleAt(tabs.indexOfComponent(each)).equals(title)) {
                    tabs.setTitleAt(tabs.indexOfComponent(each), title);
                }
                return;
            }
        }
    }

    /** Returns nothing: the panel polls on a thread of its own, and also reads notifications between two polls. */
    @Override
    public SwingWorker<?, ?> newSwingWorker() {
        return null;
    }

    @Override
    public synchronized void dispose() {
        if (panel != null) {
            panel.close();
            panel = null;
        }
    }
}
