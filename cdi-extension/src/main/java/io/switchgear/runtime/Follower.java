// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.config.Configuration;
import io.switchgear.config.FollowedSources;
import io.switchgear.jmx.Following;
import io.switchgear.message.LogLimit;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.Tunable;
import io.switchgear.store.SavedSettings;
import io.switchgear.time.Scheduler;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Looks at configuration and at the saved settings again while the application runs, and applies what has changed.
 *
 * <p>One task at a time waits in the scheduler: the next look. Between looks there is no thread. A look that found new
 * content is followed soon by the one that confirms it.
 */
final class Follower implements Following, AutoCloseable {
    private static final Duration CONFIRMATION = Duration.ofSeconds(1);
    private static final long MAX_WAIT_SECONDS = 10;
    private static final int MAX_CHANGES = 3;

    /** What the last look found. */
    private record Result(Instant at, List<String> refused, boolean pending, String text) {}

    private final FollowedSources sources;
    private final Registry registry;
    private final SavedSettings saved;
    private final ToLongFunction<Configuration> keyedWindows;
    private final Scheduler scheduler;
    private final Duration period;
    private final ReentrantLock looking = new ReentrantLock();
    private final LogLimit log = new LogLimit();
    // guarded by the lock
    private Set<String> logged = new HashSet<>();
    private volatile Result last;
    private volatile String lastChange = "";
    // guarded by this
    private Runnable cancel = () -> {};
    private boolean started;
    private volatile boolean closed;

    /**
     * Creates a follower; the first look is at {@link #start}.
     *
     * @param atStart what was found before that; what was refused then is logged
     * @param period the time between looks; zero for none but those that are requested
     */
    Follower(
            FollowedSources sources,
            FollowedSources.Found atStart,
            Registry registry,
            SavedSettings saved,
            ToLongFunction<Configuration> keyedWindows,
            Scheduler scheduler,
            Duration period) {
        this.sources = sources;
        this.registry = registry;
        this.saved = saved;
        this.keyedWindows = keyedWindows;
        this.scheduler = scheduler;
        this.period = period;
        logNew(atStart.refused(), atStart.unreadable());
        last = result(List.of(), together(atStart.refused(), atStart.unreadable()), false);
    }

    // ---- when

    /** Schedules the first look. Further calls do nothing. */
    synchronized void start() {
        if (!started && !period.isZero()) {
            started = true;
            schedule(period);
        }
    }

    private synchronized void schedule(Duration delay) {
        if (!closed) {
            try {
                cancel = scheduler.later(delay.toNanos(), this::lookAndGoOn);
            } catch (RejectedExecutionException stopping) {
                Message.LOOK_FAILED.log(stopping, "at the next start, as the scheduler has stopped");
            }
        }
    }

    private void lookAndGoOn() {
        Duration next = period;
        try {
            if (looking.tryLock()) {
                try {
                    if (look(false).pending() && CONFIRMATION.compareTo(period) < 0) {
                        next = CONFIRMATION;
                    }
                } finally {
                    looking.unlock();
                }
            }
        } catch (RuntimeException | Error failed) {
            log.log(failed, Message.LOOK_FAILED, "in " + Text.count(period.toSeconds(), "second"));
        } finally {
            schedule(next);
        }
    }

    @Override
    public String look() {
        try {
            if (!looking.tryLock(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("another look has not ended for more than " + MAX_WAIT_SECONDS
                        + " s; see to the disk and the network behind the files");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another look was not at its end");
        }
        try {
            return look(true).text();
        } finally {
            looking.unlock();
        }
    }

    /** Ends the looks; one that is running changes nothing more, and is not waited for. */
    @Override
    public synchronized void close() {
        closed = true;
        cancel.run();
    }

    // ---- what

    private Result look(boolean atOnce) {
        List<String> changed = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        Configuration present = registry.configuration();
        FollowedSources.Found found = sources.read(present, atOnce);
        List<String> unreadable = new ArrayList<>(found.unreadable());
        refused.addAll(found.refused());
        boolean pending = found.pending();
        if (!closed) {
            registry.follow(found.configuration(), keyedWindows, changed::add, refused::add);
            try {
                pending |= saved.follow(atOnce, changed::add, refused::add);
            } catch (UncheckedIOException away) {
                unreadable.add(away.getMessage());
            }
        }
        logNew(refused, unreadable);
        if (registry.configuration() != present) {
            registry.configuration()
                    .logUnused(registry.tunables().stream().map(Tunable::name).toList(), present);
        }
        last = result(changed, together(refused, unreadable), pending);
        return last;
    }

    private static List<String> together(List<String> refused, List<String> unreadable) {
        return Stream.concat(refused.stream(), unreadable.stream()).toList();
    }

    /** Logs what the last look did not find. */
    private void logNew(List<String> refused, List<String> unreadable) {
        logNew(Message.CONFIGURATION_REFUSED, refused);
        logNew(Message.CONFIGURATION_UNREADABLE, unreadable);
        logged = new HashSet<>(together(refused, unreadable));
    }

    private void logNew(Message message, List<String> sentences) {
        sentences.stream().filter(each -> !logged.contains(each)).forEach(each -> log.log(message, each));
    }

    private Result result(List<String> changed, List<String> refused, boolean pending) {
        String changes = changed.isEmpty() ? "nothing has changed" : "changed " + Text.first(MAX_CHANGES, changed);
        String text = changes
                + (refused.isEmpty() ? "" : "; " + Text.count(refused.size(), "problem") + ", see RefusedConfiguration")
                + (pending ? "; new content was found, which the next look has to confirm" : "");
        Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        if (!changed.isEmpty()) {
            lastChange = at + " " + changes;
        }
        return new Result(at, refused, pending, text);
    }

    // ---- for the MBean

    @Override
    public List<String> files() {
        return sources.files().stream().map(Path::toString).toList();
    }

    @Override
    public String lastLook() {
        Result result = last;
        return result.at() + " " + result.text();
    }

    @Override
    public String lastChange() {
        return lastChange;
    }

    @Override
    public List<String> refused() {
        return last.refused();
    }
}
