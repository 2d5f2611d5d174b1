// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import io.switchgear.console.model.Link;
import io.switchgear.console.model.Monitor;
import io.switchgear.console.model.RefusedException;
import io.switchgear.console.model.Text;
import io.switchgear.console.model.View;
import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/** All breakers of a JVM, the selected one, and what the operator did last. The tab and the window show it. */
public final class ConsolePanel extends JPanel implements AutoCloseable {
    private static final Duration LATE = Duration.ofSeconds(4);
    private final transient Monitor monitor;
    private final transient LongConsumer badge;
    private final JLabel status = Plain.label("status");
    private final JTextField search = new JTextField(18);
    private final JTextArea message = Plain.text("message", "Result of the last operation");
    private final BreakerTable table;
    private final DetailPanel detail;
    private final JButton many;
    private final Timer clock = new Timer(1000, tick -> showAge());

    /**
     * Creates the panel and starts to poll. Must be called on the event thread.
     *
     * @param badge is given the number of open breakers after each poll
     */
    public ConsolePanel(Link link, LongConsumer badge) {
        super(new BorderLayout(4, 4));
        this.badge = badge;
        setName("switchgear");
        setBorder(BorderFactory.createEmptyBorder(4, 6, 4, 6));
        // the first view may come before this constructor ends, but is shown after it, by the event thread
        monitor = new Monitor(link, view -> SwingUtilities.invokeLater(() -> show(view)));
        table = new BreakerTable(monitor::select);
        detail = new DetailPanel(monitor, this::report);
        many = Plain.button("many", "All that match…", 'M', this::changeMany);
        add(top(), BorderLayout.NORTH);
        JSplitPane split = new JSplitPane(JSplitPane.VERTICAL_SPLIT, new JScrollPane(table), detail);
        split.setDividerLocation(180);
        split.setResizeWeight(0.3);
        split.setBorder(null);
        add(split, BorderLayout.CENTER);
        add(Plain.ofFixedHeight(message, 2), BorderLayout.SOUTH);
        show(monitor.last());
        clock.start();
    }

    private JPanel top() {
        search.setName("search");
        JPanel left = ActionBar.labelled("Search", search);
        ((JLabel) left.getComponent(0)).setDisplayedMnemonic('S');
        search.getDocument().addDocumentListener(new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent typed) {
                search();
            }

            @Override
            public void removeUpdate(DocumentEvent typed) {
                search();
            }

            @Override
            public void changedUpdate(DocumentEvent typed) {
                search();
            }
        });
        getInputMap(WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_F, InputEvent.CTRL_DOWN_MASK), "search");
        getActionMap().put("search", Actions.of(search::requestFocusInWindow));
        JPanel right = new JPanel(new FlowLayout(FlowLayout.TRAILING));
        right.add(many);
        right.add(Plain.button("export", "Export settings", 'X', () -> ofApplication("exportSettings")));
        right.add(Plain.button("save", "Save settings", 'E', () -> ofApplication("saveSettings")));
        JPanel top = new JPanel(new BorderLayout());
        top.add(left, BorderLayout.WEST);
        status.setBorder(BorderFactory.createEmptyBorder(0, 5, 2, 5));
        top.add(status, BorderLayout.SOUTH);
        top.add(right, BorderLayout.EAST);
        return top;
    }

    private void search() {
        table.search(search.getText());
        table.show(monitor.last());
    }

    private void show(View view) {
        if (detail.isInUse() && view.detail() != null) {
            // nothing more urgent may take the place of what is being changed
            table.pin(view.detail().mbean());
            monitor.keep(view.detail().mbean());
        }
        table.show(view);
        detail.show(view);
        many.setEnabled(view.whyReadOnly().isEmpty() && !view.rows().isEmpty());
        many.setToolTipText(view.whyReadOnly().isEmpty() ? null : view.whyReadOnly());
        showAge();
        badge.accept(view.open());
    }

    private void showAge() {
        View view = monitor.last();
        Duration age = Duration.between(view.at(), Instant.now());
        boolean late = age.compareTo(LATE) > 0;
        status.setText(Text.line(
                late ? "No answer for " + Text.duration(age.toMillis()) + "; what is shown is old" : view.status()));
        status.setForeground(late || !view.problem().isEmpty() ? Palette.OPEN.on(this) : getForeground());
    }

    /** Shows the result of an operation when it has come: nothing waits for it. */
    private void report(String operation, CompletableFuture<String> result) {
        say(operation + " …", false);
        CompletableFuture<?> unused = result.whenComplete((text, failure) -> SwingUtilities.invokeLater(() -> {
            if (failure == null) {
                say(
                        operation + ": done"
                                + (text.isEmpty()
                                        ? ""
                                        : ". "
                                                + text.lines()
                                                        .reduce((a, b) -> a + ", " + b)
                                                        .orElse("")),
                        false);
            } else {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                boolean sentence = cause instanceof RefusedException || cause instanceof IllegalArgumentException;
                say(operation + " refused: " + (sentence ? cause.getMessage() : cause.toString()), true);
            }
        }));
    }

    private void say(String text, boolean bad) {
        message.setForeground(bad ? Palette.OPEN.on(this) : getForeground());
        Plain.set(message, Text.line(text));
    }

    private void changeMany() {
        BulkDialog.show(this, monitor.last(), search.getText())
                .ifPresent(change -> change.applications()
                        .forEach(application -> report(
                                change.operation(),
                                monitor.invoke(
                                        application,
                                        change.operation(),
                                        change.arguments().toArray()))));
    }

    private void ofApplication(String operation) {
        View view = monitor.last();
        view.rows().stream()
                .filter(row -> view.detail() != null
                        && row.mbean().equals(view.detail().mbean()))
                .findFirst()
                .ifPresent(row -> {
                    CompletableFuture<String> result = monitor.invoke(row.application(), operation);
                    report(operation, result);
                    if (operation.equals("exportSettings")) {
                        CompletableFuture<?> unused = result.thenAccept(
                                text -> SwingUtilities.invokeLater(() -> BulkDialog.text(this, text)));
                    }
                });
    }

    /** Ends the poll and its thread. */
    @Override
    public void close() {
        clock.stop();
        monitor.close();
    }
}
