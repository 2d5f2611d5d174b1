// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.terminal;

import io.switchgear.console.model.BreakerRow;
import io.switchgear.console.model.Link;
import io.switchgear.console.model.Monitor;
import io.switchgear.console.model.View;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Shows the breakers once a second and takes commands, a key at a time where the terminal can. */
public final class Terminal {
    private static final long FIRST_VIEW_SECONDS = 20;
    private static final int END_OF_INPUT = -1;
    private static final int ESCAPE = 27;
    private static final int DELETE = 127;
    private static final int END_OF_TRANSMISSION = 4;
    // the keys of one sequence come together, but may be in two packets
    private static final long SEQUENCE_MILLIS = 50;

    private final PrintStream out;
    private final BlockingQueue<View> views = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> keys = new LinkedBlockingQueue<>();
    private final StringBuilder typed = new StringBuilder();
    private final Screen screen = new Screen(Tty.isAscii(), Tty.size());
    private Commands commands;
    private boolean shown;

    private Terminal(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs until the operator quits.
     *
     * @param once whether to print the first view and end
     * @return the exit code: 0, or 1 if {@code once} and a breaker is open, or 2 if nothing could be read
     */
    public static int run(Link link, boolean once, PrintStream out) {
        Terminal terminal = new Terminal(out);
        try (Monitor monitor = new Monitor(link, terminal.views::add)) {
            return once ? terminal.once() : terminal.interact(monitor);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private int once() throws InterruptedException {
        View first = views.poll(FIRST_VIEW_SECONDS, TimeUnit.SECONDS);
        // the second has rates
        View second = first == null || !first.problem().isEmpty() ? null : views.poll(2, TimeUnit.SECONDS);
        View view = second == null ? first : second;
        if (view == null) {
            out.println("No answer for " + FIRST_VIEW_SECONDS + " s");
            return 2;
        }
        out.println(screen.plain(view));
        return view.rows().isEmpty() ? 2 : view.open() > 0 ? 1 : 0;
    }

    private int interact(Monitor monitor) throws InterruptedException {
        commands = new Commands(monitor);
        Tty.raw();
        // an interruption by Ctrl-C ends the process without an end of this method
        Runtime.getRuntime().addShutdownHook(new Thread(this::leave, "switchgear-console-tty"));
        readKeys();
        View view = monitor.last();
        try {
            enter();
            while (!commands.isOver()) {
                View next = views.poll();
                view = next == null ? view : next;
                show(screen.of(view, commands.selected(view), commands.message(), typed.toString(), Instant.now()));
                for (Integer key = keys.poll(200, TimeUnit.MILLISECONDS); key != null; key = keys.poll()) {
                    pressed(key, view);
                }
            }
        } finally {
            leave();
        }
        return 0;
    }

    private synchronized void enter() {
        shown = true;
        out.print(Screen.OPEN);
    }

    private synchronized void show(String frame) {
        if (shown) {
            out.print(frame);
            out.flush();
        }
    }

    /** Gives the terminal back as it was. */
    private synchronized void leave() {
        if (shown) {
            shown = false;
            out.print(Screen.CLOSE);
            out.flush();
        }
        Tty.restore();
    }

    private void readKeys() {
        Thread reading = new Thread(
                () -> {
                    try {
                        Reader input = new InputStreamReader(System.in, Tty.encoding());
                        int key = input.read();
                        while (key >= 0) {
                            keys.add(key);
                            key = input.read();
                        }
                    } catch (IOException closed) {
                        // as if the input had ended
                    }
                    keys.add(END_OF_INPUT);
                },
                "switchgear-console-keys");
        reading.setDaemon(true);
        reading.start();
    }

    private void pressed(int key, View view) throws InterruptedException {
        if (key == END_OF_INPUT || key == END_OF_TRANSMISSION) {
            commands.quit();
        } else if (key == '\r' || key == '\n') {
            commands.run(typed.toString(), view);
            typed.setLength(0);
        } else if (key == ESCAPE) {
            arrow(view);
        } else if (key == DELETE || key == '\b') {
            typed.setLength(Math.max(0, typed.length() - 1));
        } else if (key >= ' ') {
            // nothing more urgent may take the place of what the command is for
            commands.keep(view);
            typed.append((char) key);
        }
        if (typed.length() > 1_000) {
            typed.setLength(0);
        }
    }

    /** Moves the selection, if the keys that follow are those of an arrow; the key alone clears what was typed. */
    private void arrow(View view) throws InterruptedException {
        Integer key = keys.poll(SEQUENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (key == null) {
            typed.setLength(0);
            return;
        }
        if (key != '[' && key != 'O') {
            // Alt and a letter
            return;
        }
        do {
            key = keys.poll(SEQUENCE_MILLIS, TimeUnit.MILLISECONDS);
        } while (key != null && key < '@');
        if (key == null || (key != 'A' && key != 'B')) {
            return;
        }
        int step = key == 'A' ? -1 : 1;
        int index = 0;
        for (int i = 0; i < view.rows().size(); i++) {
            BreakerRow row = view.rows().get(i);
            if (row.mbean().equals(commands.selected(view))) {
                index = i;
            }
        }
        commands.select(view, Math.max(0, Math.min(view.rows().size() - 1, index + step)));
    }
}
