// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import java.util.function.LongSupplier;

/**
 * When the store is cleaned: once a day, but not within an hour after the start or after an outage of the store. Nodes
 * that come back at the same time would otherwise be taken for nodes that are gone.
 */
final class Cleaning {
    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final long DAY_NANOS = 24 * HOUR_NANOS;

    private final LongSupplier nanos;
    // guarded by this
    private long dueAt;

    Cleaning(LongSupplier nanos) {
        this.nanos = nanos;
        dueAt = nanos.getAsLong() + HOUR_NANOS;
    }

    /** Returns whether to clean now, once each time. */
    synchronized boolean isDue(boolean storeAway) {
        long now = nanos.getAsLong();
        if (storeAway && dueAt - now < HOUR_NANOS) {
            dueAt = now + HOUR_NANOS;
        }
        if (now - dueAt < 0) {
            return false;
        }
        dueAt = now + DAY_NANOS;
        return true;
    }
}
