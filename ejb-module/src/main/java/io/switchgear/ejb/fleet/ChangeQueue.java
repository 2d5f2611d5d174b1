// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * The local changes that are not written yet, in order. When it is full, only the last value of each key is kept of
 * further changes, until those before are written. Safe for use by multiple threads; never blocks.
 */
final class ChangeQueue {
    static final int BOUND = 10_000;

    /**
     * A change that is in force here.
     *
     * @param base the version that its author knew, as in {@link FleetStore.Change}
     * @param endsAt when it ends, by the ticker of the node; {@code null} if it has no end
     */
    record Pending(FleetKey key, String value, long base, String author, String reason, Long endsAt) {
        Pending onto(long version) {
            return new Pending(key, value, Math.max(base, version), author, reason, endsAt);
        }
    }

    /**
     * Changes that were made at once.
     *
     * @param id a random text
     */
    record Operation(String id, List<Pending> changes) {
        static Operation of(List<Pending> changes) {
            return new Operation(UUID.randomUUID().toString(), List.copyOf(changes));
        }

        Operation without(List<Pending> dropped) {
            List<Pending> left = new ArrayList<>(changes);
            left.removeAll(dropped);
            return new Operation(id, List.copyOf(left));
        }
    }

    private final Deque<Operation> queue = new ArrayDeque<>();
    private final Map<FleetKey, Pending> last = new LinkedHashMap<>();
    private final Map<FleetKey, Integer> counts = new HashMap<>();
    // for keys with further changes: the version of the own change before
    private final Map<FleetKey, Long> written = new HashMap<>();
    private long unlogged;

    /**
     * Adds changes that were made at once.
     *
     * @param base returns the version that is known of a key. Called under the lock: otherwise a change before might be
     *     written and removed meanwhile, and this one would conflict with it
     * @return whether they are the first ones that find the queue full
     */
    synchronized boolean add(List<Pending> changed, ToLongFunction<FleetKey> base) {
        List<Pending> changes = changed.stream()
                .map(change -> change.onto(base.applyAsLong(change.key())))
                .toList();
        if (queue.size() < BOUND && last.isEmpty()) {
            changes.forEach(change -> counts.merge(change.key(), 1, Integer::sum));
            queue.add(Operation.of(changes));
            return false;
        }
        boolean first = last.isEmpty();
        for (Pending change : changes) {
            Pending before = last.get(change.key());
            if (before == null) {
                counts.merge(change.key(), 1, Integer::sum);
                last.put(change.key(), change);
            } else {
                unlogged++;
                // the author knew what this node had, which is no more than the change before it knew
                last.put(
                        change.key(),
                        new Pending(
                                change.key(),
                                change.value(),
                                before.base(),
                                change.author(),
                                change.reason(),
                                change.endsAt()));
            }
        }
        return first;
    }

    /** Returns the changes to be written next; {@code null} if there are none. */
    synchronized Operation head() {
        if (queue.isEmpty()) {
            last.values().forEach(change -> queue.add(Operation.of(List.of(change))));
            last.clear();
        }
        Operation head = queue.peek();
        return head == null
                ? null
                : new Operation(
                        head.id(),
                        head.changes().stream()
                                .map(change -> change.onto(written.getOrDefault(change.key(), 0L)))
                                .toList());
    }

    /** Removes the head, which was written and led to this version; 0 if it was dropped. */
    synchronized void remove(long version) {
        forget(queue.remove().changes(), version);
    }

    /** Drops some changes of the head. */
    synchronized void drop(List<FleetKey> keys) {
        Operation head = queue.remove();
        List<Pending> dropped = head.changes().stream()
                .filter(change -> keys.contains(change.key()))
                .toList();
        forget(dropped, 0);
        Operation left = head.without(dropped);
        if (!left.changes().isEmpty()) {
            queue.addFirst(left);
        }
    }

    private void forget(List<Pending> changes, long version) {
        for (Pending change : changes) {
            FleetKey key = change.key();
            if (counts.merge(key, -1, Integer::sum) == 0) {
                counts.remove(key);
                written.remove(key);
            } else if (version > 0) {
                written.put(key, version);
            }
        }
    }

    /** Returns whether a change of this key is not written yet. */
    synchronized boolean has(FleetKey key) {
        return counts.containsKey(key);
    }

    /** Returns the number of operations that are not written yet. */
    synchronized int size() {
        return queue.size() + last.size();
    }

    /** Returns the number of values that are written never, as later ones replaced them while the queue was full. */
    synchronized long unlogged() {
        return unlogged;
    }
}
