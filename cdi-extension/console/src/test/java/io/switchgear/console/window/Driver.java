// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import io.switchgear.console.model.RemoteLink;
import java.awt.Component;
import java.awt.Container;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.swing.JButton;
import javax.swing.JTabbedPane;
import javax.swing.JTable;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;

/**
 * Uses the console as a person does, with mouse and keys, in a JVM of its own: in JConsole, or in a window. Prints what
 * it sees, a line at a time, and reads a line before it goes on.
 */
final class Driver {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final Robot robot;
    private final BufferedReader turns =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));

    private Driver() throws Exception {
        robot = new Robot();
        robot.setAutoDelay(15);
    }

    /**
     * Arguments: {@code tab}, {@code window} or {@code picture}, URL of the JVM, path of the plugin, file for a
     * picture.
     */
    public static void main(String[] arguments) {
        try {
            File picture = new File(arguments[3]);
            if (arguments[0].equals("picture")) {
                new Driver().takePicture(arguments[1], arguments[2], picture);
            } else {
                new Driver().run(arguments[0].equals("tab"), arguments[1], arguments[2], picture);
            }
            System.exit(0);
        } catch (Throwable failed) {
            failed.printStackTrace();
            System.exit(1);
        }
    }

    private void run(boolean tab, String url, String plugin, File picture) throws Exception {
        if (tab) {
            startJConsole(url, plugin);
        } else {
            StandaloneWindow.open(new RemoteLink(url, null), true);
        }
        JTable breakers = (JTable) named("breakers");
        until("all breakers", () -> breakers.getRowCount() == 4);
        turn("READY");
        until("an open breaker", () -> breakers.getValueAt(0, 0).equals("open"));
        if (tab) {
            until("a badge", () -> titleOfTab().equals("Circuit breakers (1 open)"));
        }
        turn("SEEN " + text("sentence"));
        type("FailureThreshold", "8");
        click(named("apply"));
        turn("TUNED " + message("FailureThreshold=8"));
        type("FailureThreshold", "0");
        until("a refusal while it is typed", () -> text("effect").contains("from 1 to 1000000"));
        turn("REFUSED-HERE " + text("effect"));
        click(named("discard"));
        type("MinimumCalls", "200");
        type("TripOn", "CALL_WINDOW");
        click(named("apply"));
        turn("REFUSED-THERE " + message("MinimumCalls=200, TripOn=CALL_WINDOW refused"));
        click(named("undoLastChange"));
        turn("UNDONE " + message("undoLastChange"));
        type("FailureThreshold", "2");
        click(named("rehearse"));
        turn("REHEARSED " + message("rehearse FailureThreshold=2"));
        showTab("Rehearsal");
        until("a comparison", () -> text("rehearsal").startsWith("Rehearsal of"));
        turn("COMPARED " + text("rehearsal"));
        click(named("endRehearsal"));
        turn("ENDED " + message("endRehearsal"));
        showTab("Settings");
        click(named("forceOpen"));
        JTextField reason = (JTextField) named("reason");
        click(reason);
        until("the focus", reason::isFocusOwner);
        keys("vendor repairs");
        until("the reason", () -> reason.getText().equals("vendor repairs"));
        robot.keyPress(KeyEvent.VK_ENTER);
        robot.keyRelease(KeyEvent.VK_ENTER);
        turn("FORCED " + message("forceOpen"));
        Component automatic = named("automatic");
        until("a mode", automatic::isEnabled);
        ImageIO.write(robot.createScreenCapture(new Rectangle(0, 0, 1280, 900)), "png", picture);
        click(named("automatic"));
        turn("RELEASED " + message("automatic"));
    }

    /** Takes a picture of the tab, as it is when the next line is read: for the pages. */
    private void takePicture(String url, String plugin, File picture) throws Exception {
        startJConsole(url, plugin);
        turn("READY");
        ImageIO.write(robot.createScreenCapture(new Rectangle(0, 0, 1280, 900)), "png", picture);
    }

    private void startJConsole(String url, String plugin) throws Exception {
        Class.forName("sun.tools.jconsole.JConsole")
                .getMethod("main", String[].class)
                .invoke(null, (Object) new String[] {"-pluginpath", plugin, url});
        // asks whether a connection without TLS will do
        until("the tab", () -> {
            Component insecure =
                    found(each -> each instanceof JButton button && "Insecure connection".equals(button.getText()));
            if (insecure != null) {
                ((JButton) insecure).doClick();
            }
            return tabs() != null;
        });
        // the window of the connection still moves for a moment
        for (int i = 0;
                i < 20
                        && !onEventThread(() ->
                                found(each -> "breakers".equals(each.getName())).isShowing());
                i++) {
            JTabbedPane tabs = tabs();
            Rectangle title = onEventThread(() -> tabs.getBoundsAt(tabs.getTabCount() - 1));
            Point corner = onEventThread(tabs::getLocationOnScreen);
            click(corner.x + title.x + title.width / 2, corner.y + title.y + title.height / 2);
            robot.delay(100);
        }
    }

    private static JTabbedPane tabs() {
        return (JTabbedPane) found(each -> each instanceof JTabbedPane tabs
                && tabs.getTabCount() > 4
                && tabs.isShowing()
                && tabs.getTitleAt(tabs.getTabCount() - 1).startsWith("Circuit breakers"));
    }

    private static String titleOfTab() {
        JTabbedPane tabs = tabs();
        return tabs.getTitleAt(tabs.getTabCount() - 1);
    }

    private void showTab(String title) throws Exception {
        JTabbedPane details = (JTabbedPane) named("details");
        Rectangle tab = onEventThread(() -> details.getBoundsAt(details.indexOfTab(title)));
        Point corner = onEventThread(details::getLocationOnScreen);
        click(corner.x + tab.x + tab.width / 2, corner.y + tab.y + tab.height / 2);
        until(title, () -> details.getTitleAt(details.getSelectedIndex()).equals(title));
    }

    private void type(String setting, String value) throws Exception {
        JTable settings = (JTable) named("settings");
        Rectangle cell = onEventThread(() -> {
            for (int row = 0; row < settings.getRowCount(); row++) {
                if (settings.getValueAt(row, 0).equals(setting)) {
                    settings.scrollRectToVisible(settings.getCellRect(row, 1, true));
                    return settings.getCellRect(row, 1, true);
                }
            }
            throw new AssertionError("no setting " + setting);
        });
        Point corner = onEventThread(settings::getLocationOnScreen);
        click(corner.x + cell.x + cell.width / 2, corner.y + cell.y + cell.height / 2);
        // an editor of another row may be open until the click has come from the display
        until(
                "an editor of " + setting,
                () -> settings.isEditing()
                        && settings.getValueAt(settings.getEditingRow(), 0).equals(setting)
                        && settings.getEditorComponent().isFocusOwner());
        keys(value);
        until(
                value + " in the editor",
                () -> settings.isEditing()
                        && ((JTextField) settings.getEditorComponent())
                                .getText()
                                .equals(value));
    }

    private void keys(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean shift = Character.isUpperCase(each) || each == '_';
            int code = each == '_' ? KeyEvent.VK_MINUS : KeyEvent.getExtendedKeyCodeForChar(each);
            if (shift) {
                robot.keyPress(KeyEvent.VK_SHIFT);
            }
            robot.keyPress(code);
            robot.keyRelease(code);
            if (shift) {
                robot.keyRelease(KeyEvent.VK_SHIFT);
            }
        }
    }

    private void click(Component component) throws Exception {
        until("that " + component.getName() + " can be pressed", () -> component.isShowing() && component.isEnabled());
        Point corner = onEventThread(component::getLocationOnScreen);
        click(corner.x + component.getWidth() / 2, corner.y + component.getHeight() / 2);
    }

    private void click(int x, int y) {
        robot.mouseMove(x, y);
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
        robot.waitForIdle();
    }

    /** Waits for the result of an operation. */
    private String message(String beginning) throws Exception {
        until(
                beginning,
                () -> text("message").startsWith(beginning) && !text("message").endsWith("…"));
        return onEventThread(() -> text("message"));
    }

    private static String text(String name) {
        Component found = found(each -> name.equals(each.getName()));
        return found instanceof JTextArea area ? area.getText() : "";
    }

    private static Component named(String name) throws Exception {
        until(name, () -> found(each -> name.equals(each.getName())) != null);
        return onEventThread(() -> found(each -> name.equals(each.getName())));
    }

    private static Component found(Predicate<Component> wanted) {
        return Arrays.stream(Window.getWindows())
                .filter(Component::isShowing)
                .map(window -> found(window, wanted))
                .filter(component -> component != null)
                .findFirst()
                .orElse(null);
    }

    private static Component found(Container container, Predicate<Component> wanted) {
        for (Component each : container.getComponents()) {
            Component found = wanted.test(each) ? each : each instanceof Container inner ? found(inner, wanted) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static <T> T onEventThread(Callable<T> code) throws Exception {
        FutureTask<T> task = new FutureTask<>(code);
        SwingUtilities.invokeAndWait(task);
        return task.get();
    }

    private static void until(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!onEventThread(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not seen for " + PATIENCE.toSeconds() + " s: " + what + "; message: "
                        + text("message") + "; effect: " + text("effect"));
            }
            Thread.sleep(20);
        }
    }

    private void turn(String seen) throws Exception {
        System.out.println(seen.lines().reduce((a, b) -> a + " / " + b).orElse(seen));
        System.out.flush();
        if (turns.readLine() == null) {
            throw new AssertionError("the test has ended");
        }
    }
}
