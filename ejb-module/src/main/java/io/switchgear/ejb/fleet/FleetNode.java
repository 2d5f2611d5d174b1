// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import io.switchgear.ejb.fleet.FleetStore.Rows;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsStore;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableListener;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One node of an application: writes what is changed here, and applies what is changed elsewhere. Has no threads; the
 * runtime calls {@link #step} by a timer, and soon after {@link FleetSignals#stepSoon}.
 *
 * <p>As a {@link SettingsStore} it returns what the database has acknowledged; as a {@link TunableListener} it learns
 * which breakers and layers exist here. {@link #changed(CircuitTransition)} and {@link #changed(SettingsChange)} have
 * to be called for each change on this node, those that it makes itself included. They do not block.
 */
public final class FleetNode implements SettingsStore, TunableListener {
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);
    private static final long POLL_NANOS = 50_000_000;

    private final FleetIdentity identity;
    private final FleetStore store;
    private final FleetLog log;
    private final FleetSignals signals;
    private final Supplier<String> states;
    private final LongSupplier nanos;
    private final Replica replica;
    private final Applier applier;
    private final ChangeQueue queue = new ChangeQueue();
    private final LocalChanges local;
    private final ChangeWriter writer;
    private final Outage outage;
    private final Heartbeat heartbeat;
    // keys whose stored value may not be in force here
    private final Set<FleetKey> unapplied = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean waiting = new AtomicBoolean();
    // one step at a time
    private final ReentrantLock stepping = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    // whether what is stored for this node alone may have been deleted; guarded by stepping
    private boolean forgotten;

    /** Creates a node on the system's clocks. */
    public FleetNode(
            FleetIdentity identity, FleetStore store, FleetLog log, FleetSignals signals, Supplier<String> states) {
        this(identity, store, log, signals, states, System::nanoTime, InstantSource.system());
    }

    FleetNode(
            FleetIdentity identity,
            FleetStore store,
            FleetLog log,
            FleetSignals signals,
            Supplier<String> states,
            LongSupplier nanos,
            InstantSource clock) {
        this.identity = identity;
        this.store = store;
        this.log = log;
        this.signals = signals;
        this.states = states;
        this.nanos = nanos;
        replica = new Replica(identity.node(), nanos, log::rowIgnored);
        applier = new Applier(replica, nanos, clock, log::refused);
        local = new LocalChanges(identity, replica, applier, queue, nanos, clock, unapplied::add, log::changeLost);
        writer = new ChangeWriter(identity, store, log, queue, replica, nanos);
        heartbeat = new Heartbeat(identity, store, log, nanos);
        outage = new Outage(store.description(), log, nanos);
    }

    // ---- local changes

    /** Queues what an operator changed on a breaker here. Other transitions are ignored. */
    public void changed(CircuitTransition transition) {
        queued(local.of(transition));
    }

    /** Queues what an operator changed on a retry, fallback, service or other layer here. */
    public void changed(SettingsChange change) {
        queued(local.of(change));
    }

    private void queued(LocalChanges.Result result) {
        if (result == LocalChanges.Result.QUEUE_FULL) {
            log.queueFull("more than " + ChangeQueue.BOUND + " changes wait to be written to " + store.description()
                    + "; of further ones only the last value of each setting is written");
        }
        if (result != LocalChanges.Result.NOTHING) {
            signals.stepSoon();
        }
    }

    // ---- the protocol

    /**
     * Writes, reads, applies and records that the node lives. Returns at once while the store is away and not due, and
     * after {@link #close}.
     */
    public void step() {
        if (!waiting.compareAndSet(false, true)) {
            // the step that waits does all that this one would
            return;
        }
        stepping.lock();
        try {
            waiting.set(false);
            if (closed.get()) {
                return;
            }
            if (outage.isDue()) {
                attempt();
            } else {
                apply();
            }
        } finally {
            stepping.unlock();
        }
    }

    /** Takes a step now. */
    private void attempt() {
        int before = queue.size();
        try {
            if (!replica.isLoaded()) {
                // first: what is stored for a node that lives is not deleted while it is read
                beat();
            }
            synchronize();
            beat();
            outage.over(before);
        } catch (UncheckedIOException away) {
            outage.failed(away, queue.size());
            apply();
        }
    }

    private void beat() {
        if (!closed.get()
                && heartbeat.beat(
                        replica.version(), queue.size(), states.get(), String.join("\n", applier.refused()))) {
            forgotten = true;
        }
    }

    /** Writes what was changed here, reads what is new, and applies it. */
    private void synchronize() {
        long written = writer.write(unapplied::add);
        read();
        apply();
        if (written > 0) {
            signals.written(written);
        }
    }

    private void read() {
        long version = store.version(identity.application());
        if (replica.isLoaded() && version == replica.version() && !forgotten) {
            return;
        }
        boolean replaced = version < replica.version();
        if (replaced) {
            log.storeReplaced(store.description() + " has version " + version + " of " + identity.application()
                    + ", and had " + replica.version() + "; all is read again, and holds");
        }
        boolean whole = replaced || forgotten || !replica.isLoaded();
        Rows rows = store.since(identity.application(), whole ? 0 : replica.version());
        forgotten = false;
        unapplied.addAll(replica.accept(rows, whole));
    }

    /**
     * Applies what is stored, except for keys with changes that are not written yet. What it applied over a change that
     * was made meanwhile, it applies again when that one is decided.
     */
    private void apply() {
        Set<FleetKey> keys = unapplied.stream().filter(key -> !queue.has(key)).collect(Collectors.toSet());
        unapplied.removeAll(keys);
        try {
            applier.apply(keys, queue::has, unapplied::add);
            keys.stream().filter(queue::has).forEach(unapplied::add);
        } catch (RuntimeException failed) {
            unapplied.addAll(keys);
            throw failed;
        }
    }

    /** Returns how the node stands to its store. */
    public FleetState state() {
        return new FleetState(
                replica.version(),
                replica.isLoaded(),
                queue.size(),
                queue.unlogged(),
                writer.lost(),
                outage.problem(),
                applier.refused());
    }

    /** Returns whether a change of this key is in force here and not written yet. */
    public boolean isPending(FleetKey key) {
        return queue.has(key);
    }

    // ---- operations on several nodes

    /** Returns the operations on several nodes. */
    public FleetOperations operations() {
        return new FleetOperations(this, identity, store, replica, applier);
    }

    /** Writes changes at once, after those that wait, applies them here, and returns the version they led to. */
    long writeNow(FleetStore.Write write) {
        return whileStepping(() -> {
            long version;
            try {
                synchronize();
                version = writer.writeNow(write);
            } catch (UncheckedIOException away) {
                outage.failed(away, queue.size());
                throw away;
            }
            write.changes().forEach(change -> unapplied.add(change.key()));
            try {
                read();
            } catch (UncheckedIOException away) {
                // it is stored, and known here without being read
                outage.failed(away, queue.size());
            }
            apply();
            signals.written(version);
            return version;
        });
    }

    private <T> T whileStepping(Supplier<T> work) {
        try {
            if (!stepping.tryLock(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("it has been in use for more than " + MAX_WAIT.toSeconds() + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure("the thread was interrupted while it was in use");
        }
        try {
            return work.get();
        } finally {
            stepping.unlock();
        }
    }

    private UncheckedIOException failure(String reason) {
        String message = store.description() + ": " + reason;
        return new UncheckedIOException(message, new IOException(message));
    }

    // ---- breakers and layers of this node

    /** Called for each breaker or layer after its creation; what is stored for it is applied soon, a mode at once. */
    @Override
    public void added(Tunable<?> tunable) {
        unapplied.addAll(applier.added(tunable));
    }

    @Override
    public void removed(Tunable<?> tunable) {
        applier.removed(tunable);
    }

    /**
     * Tries to write what waits, and removes the record of this node. Takes about 5 s at most to begin, for a step that
     * waits for the store; then that record stays until it is cleaned.
     */
    @Override
    public void close() {
        // the container and the application both call it
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            whileStepping(() -> {
                leave();
                return null;
            });
        } catch (UncheckedIOException busy) {
            stoppedBefore(busy.getMessage());
        }
    }

    private void leave() {
        String problem = outage.problem();
        if (problem.isEmpty()) {
            try {
                writer.write(unapplied::add);
                heartbeat.end();
            } catch (UncheckedIOException away) {
                // no outage to report: a server that stops may have ended the data source first
                problem = away.getMessage();
            }
        }
        stoppedBefore(problem);
    }

    private void stoppedBefore(String problem) {
        int left = queue.size();
        if (left > 0) {
            log.changeLost("this node stops, and changes made on it are not stored: " + left + "; " + problem);
        }
    }

    // ---- the store of settings

    /**
     * Returns at once the settings that the database has acknowledged for this node, as the last step has read them.
     * Never throws.
     */
    @Override
    public Map<String, Map<Setting, String>> load() {
        return replica.settings();
    }

    /**
     * Waits until these settings are stored, at most 5 s. Writes no settings itself: each change is queued when it is
     * made.
     *
     * @throws UncheckedIOException if they are not, with the number of changes that wait and the reason
     */
    @Override
    public void save(Map<String, Map<Setting, String>> byName) {
        long start = nanos.getAsLong();
        long lost = writer.lost();
        boolean stored;
        do {
            whileStepping(() -> {
                attempt();
                return null;
            });
            stored = queue.size() == 0 && isStored(byName);
            if (!stored && outage.problem().isEmpty() && writer.lost() == lost) {
                // a change may be in force before it is queued
                LockSupport.parkNanos(POLL_NANOS);
            }
        } while (!stored
                && outage.problem().isEmpty()
                && writer.lost() == lost
                && nanos.getAsLong() - start < MAX_WAIT.toNanos());
        if (!stored) {
            String reason = outage.problem().isEmpty()
                    ? "not all values in force here are stored; see the log for changes that were not kept"
                    : outage.problem();
            throw failure("not all is saved; changes that wait to be written: " + queue.size() + "; " + reason
                    + ". They are in force on this node, and are written as soon as that is possible");
        }
    }

    private boolean isStored(Map<String, Map<Setting, String>> byName) {
        Map<String, Map<Setting, String>> stored = replica.settings();
        return byName.entrySet().stream()
                .allMatch(named -> stored.getOrDefault(named.getKey(), Map.of())
                        .entrySet()
                        .containsAll(named.getValue().entrySet()));
    }

    /**
     * Refused: what is stored is in force, on other nodes too.
     *
     * @throws UncheckedIOException always
     */
    @Override
    public Set<String> forget(Predicate<String> name) {
        throw failure("what is stored is in force, here or on other nodes; revertSettings restores what is configured");
    }

    @Override
    public String description() {
        return store.description();
    }
}
