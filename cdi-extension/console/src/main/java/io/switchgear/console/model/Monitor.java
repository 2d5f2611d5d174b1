// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/**
 * Polls a JVM once a second on a thread of its own, the only one that uses the connection. A lost connection and an
 * application that is deployed again are seen at the next poll.
 */
public final class Monitor implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration BETWEEN_EVENTS = Duration.ofMillis(100);
    private static final String NONE_HERE = "This JVM has no breaker of Switchgear: no application that uses it is"
            + " deployed, it has no breaker yet, or switchgear.jmx.enabled=false hides its MBeans";

    /** A change that an operator wants. */
    private interface Change {
        String by(Operator operator) throws IOException, RefusedException;
    }

    private final Link link;
    private final Consumer<View> display;
    private final LongSupplier nanos;
    private final ScheduledExecutorService thread;
    private final Reader reader = new Reader();
    private final DetailReader details = new DetailReader();
    private final Events events;
    private final AtomicBoolean pollIsDue = new AtomicBoolean();
    private volatile ObjectName selected;
    private volatile View last;
    // of the thread alone
    private MBeanServerConnection server;
    private Names names;
    private String whyReadOnly = "";
    private Duration serverAhead = Duration.ZERO;

    /**
     * Starts to poll.
     *
     * @param display called after each poll, on the thread of the monitor
     */
    public Monitor(Link link, Consumer<View> display) {
        this(link, display, System::nanoTime);
    }

    Monitor(Link link, Consumer<View> display, LongSupplier nanos) {
        this.link = link;
        this.display = display;
        this.nanos = nanos;
        events = new Events(this::pollSoon);
        last = view("Connecting to " + link.title() + " …", List.of(), null);
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "switchgear-console");
            made.setDaemon(true);
            return made;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        thread = executor;
        // a poll does not throw
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::poll, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns the last view, before the first poll an empty one. */
    public View last() {
        return last;
    }

    /**
     * Selects the breaker whose attributes are all read, at once and at each poll; {@code null} for the most urgent.
     */
    public void select(ObjectName breaker) {
        selected = breaker;
        pollSoon();
    }

    /** Keeps the breaker selected that is shown, whatever becomes more urgent. */
    public void keep(ObjectName breaker) {
        selected = breaker;
    }

    /** Polls shortly, however many ask for it. */
    private void pollSoon() {
        if (pollIsDue.compareAndSet(false, true)) {
            try {
                ScheduledFuture<?> unused =
                        thread.schedule(this::poll, BETWEEN_EVENTS.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                // nothing is shown any more
            }
        }
    }

    void poll() {
        pollIsDue.set(false);
        try {
            connect();
            List<BreakerRow> rows = reader.rows(server, nanos.getAsLong());
            if (reader.names() != names) {
                names = reader.names();
                details.forget();
                whyReadOnly = new Operator(server).whyReadOnly(names.breakers.keySet());
            }
            events.follow(server, names.breakers.keySet());
            publish(view(rows.isEmpty() ? NONE_HERE : "", rows, detail(rows)));
        } catch (IOException | SecurityException lost) {
            disconnected(lost);
        } catch (RuntimeException unexpected) {
            // a poll that threw would be the last one
            disconnected(unexpected);
        }
    }

    private void connect() throws IOException {
        MBeanServerConnection present = link.connection();
        if (present != server) {
            server = present;
            names = null;
            reader.forgetNames();
            details.forget();
            events.lost();
            serverAhead = Clocks.ahead(server);
        }
    }

    private void disconnected(Exception why) {
        server = null;
        events.lost();
        link.lost();
        String reason = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
        String kind = why instanceof SecurityException ? "You may not read here: " : "No connection: ";
        publish(view(kind + Text.line(reason) + ". Trying again", last.rows(), last.detail()));
    }

    private Detail detail(List<BreakerRow> rows) throws IOException {
        ObjectName wanted = selected;
        if (wanted == null && !rows.isEmpty()) {
            wanted = rows.get(0).mbean();
        }
        for (BreakerRow row : rows) {
            if (row.mbean().equals(wanted)) {
                Detail detail = details.detail(server, wanted, names);
                if (detail != null) {
                    row.history().measured(detail.measure());
                    row.history()
                            .rehearsed(
                                    detail.isRehearsing() ? detail.number("RehearsedRejected") : Double.NaN,
                                    nanos.getAsLong());
                }
                return detail;
            }
        }
        return null;
    }

    private View view(String problem, List<BreakerRow> rows, Detail detail) {
        return new View(
                link.title(), problem, rows, detail, events.newestFirst(), whyReadOnly, serverAhead, Instant.now());
    }

    private void publish(View view) {
        last = view;
        display.accept(view);
    }

    /**
     * Changes settings, unless another hand has changed one of them meanwhile.
     *
     * @param changes the new values, by the settings as the operator saw them
     * @return the settings in force, or a {@link RefusedException}
     */
    public CompletableFuture<String> change(ObjectName mbean, Map<Setting, String> changes) {
        return send(operator -> operator.change(mbean, changes));
    }

    /**
     * Rehearses settings beside those in force.
     *
     * @param changes the rehearsed values
     * @return the rehearsed settings, or a {@link RefusedException}
     */
    public CompletableFuture<String> rehearse(ObjectName mbean, Map<Setting, String> changes) {
        return invoke(mbean, "rehearse", Operator.text(changes));
    }

    /**
     * Invokes an operation of a breaker or an application.
     *
     * @return its result as text, or a {@link RefusedException}
     */
    public CompletableFuture<String> invoke(ObjectName mbean, String operation, Object... arguments) {
        return send(operator -> operator.invoke(mbean, operation, arguments));
    }

    private CompletableFuture<String> send(Change change) {
        CompletableFuture<String> result = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    if (server == null) {
                        throw new RefusedException("There is no connection; nothing was changed");
                    }
                    result.complete(change.by(new Operator(server)));
                } catch (IOException lost) {
                    result.completeExceptionally(new RefusedException(
                            "The connection was lost, so the change may have been made or not: " + lost.getMessage()));
                } catch (RefusedException | RuntimeException refused) {
                    result.completeExceptionally(refused);
                }
                poll();
            });
        } catch (RejectedExecutionException closed) {
            result.completeExceptionally(new RefusedException("The console is closed; nothing was changed"));
        }
        return result;
    }

    /** Ends the thread and the subscriptions, without waiting for a server that does not answer. */
    @Override
    public void close() {
        try {
            thread.execute(() -> {
                if (server != null) {
                    events.close(server);
                }
                link.close();
            });
        } catch (RejectedExecutionException closedBefore) {
            // a second call
        }
        thread.shutdown();
    }
}
