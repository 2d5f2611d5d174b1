// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import io.switchgear.ejb.fleet.ChangeQueue.Operation;
import io.switchgear.ejb.fleet.ChangeQueue.Pending;
import io.switchgear.ejb.fleet.FleetStore.Change;
import io.switchgear.ejb.fleet.FleetStore.Row;
import io.switchgear.ejb.fleet.FleetStore.Write;
import io.switchgear.ejb.fleet.FleetStore.Written;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Writes changes to the store, and reports those that were not kept. Used by one thread at a time. */
final class ChangeWriter {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final FleetIdentity identity;
    private final FleetStore store;
    private final FleetLog log;
    private final ChangeQueue queue;
    private final Replica replica;
    private final LongSupplier nanos;
    private final AtomicLong lost = new AtomicLong();

    ChangeWriter(
            FleetIdentity identity,
            FleetStore store,
            FleetLog log,
            ChangeQueue queue,
            Replica replica,
            LongSupplier nanos) {
        this.identity = identity;
        this.store = store;
        this.log = log;
        this.queue = queue;
        this.replica = replica;
        this.nanos = nanos;
    }

    /** Returns the number of local changes that were not kept. */
    long lost() {
        return lost.get();
    }

    /**
     * Writes what is queued, in order; each operation is one transaction.
     *
     * @param overruled receives each key of which another change won
     * @return the version of the last write; 0 if there was none
     */
    long write(Consumer<FleetKey> overruled) {
        long version = 0;
        for (Operation head = queue.head(); head != null; head = queue.head()) {
            version = Math.max(version, write(head, overruled));
        }
        return version;
    }

    private long write(Operation head, Consumer<FleetKey> overruled) {
        List<Change> changes = head.changes().stream().map(this::change).toList();
        Write write = new Write(identity.application(), identity.node(), head.id(), changes);
        Written written;
        try {
            written = store.write(write);
        } catch (IllegalArgumentException unstorable) {
            lost.addAndGet(changes.size());
            changes.forEach(change -> log.changeLost(change.key() + ": your change (" + change.author() + ") to "
                    + value(change.key(), change.value()) + " is in force on this node and not stored: "
                    + unstorable.getMessage()));
            queue.remove(0);
            return 0;
        }
        if (written.conflicts().isEmpty()) {
            acknowledged(write, written.version());
            queue.remove(written.version());
            return written.version();
        }
        written.conflicts().forEach(this::report);
        List<FleetKey> keys =
                written.conflicts().keySet().stream().map(Change::key).toList();
        queue.drop(keys);
        keys.forEach(overruled);
        return 0;
    }

    private Change change(Pending pending) {
        return new Change(
                pending.key(),
                identity.target(),
                pending.value(),
                pending.base(),
                pending.author(),
                "local change",
                pending.reason(),
                pending.endsAt() == null ? null : (Long) ((pending.endsAt() - nanos.getAsLong()) / NANOS_PER_MILLI));
    }

    /** Lets later changes of this node be based on what it has written, before it is read. */
    private void acknowledged(Write write, long version) {
        for (Change change : write.changes()) {
            replica.put(new Row(
                    change.key(),
                    change.target(),
                    change.value(),
                    version,
                    write.node(),
                    change.author(),
                    change.reason(),
                    Instant.EPOCH,
                    change.forMillis()));
        }
    }

    private void report(Change change, Row winner) {
        boolean same = !change.key().isMode() && Objects.equals(change.value(), winner.value());
        if (!same) {
            lost.incrementAndGet();
            log.changeLost(sentence(change, winner));
        }
    }

    private static String sentence(Change change, Row winner) {
        FleetKey key = change.key();
        return key + ": your change (" + change.author() + ") to " + value(key, change.value())
                + " was not kept, since " + Replica.author(winner) + " had changed it to "
                + value(key, winner.value()) + "; change it again to overrule";
    }

    private static String value(FleetKey key, String value) {
        if (value != null) {
            return value;
        }
        return key.isMode() ? "AUTOMATIC" : "what is configured";
    }

    /**
     * Writes changes now. If the answer is lost, asks once more: the same write takes effect once.
     *
     * @throws IllegalStateException if another change won
     */
    long writeNow(Write write) {
        Written written;
        try {
            written = store.write(write);
        } catch (UncheckedIOException ambiguous) {
            written = store.write(write);
        }
        Map<Change, Row> conflicts = written.conflicts();
        if (!conflicts.isEmpty()) {
            throw new IllegalStateException(conflicts.entrySet().stream()
                    .map(each -> sentence(each.getKey(), each.getValue()))
                    .collect(Collectors.joining("; ")));
        }
        acknowledged(write, written.version());
        return written.version();
    }
}
