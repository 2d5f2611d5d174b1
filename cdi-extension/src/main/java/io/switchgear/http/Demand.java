// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.util.concurrent.atomic.AtomicLong;

/** The number of items that a subscriber has requested and not received. */
final class Demand {
    private final AtomicLong items = new AtomicLong();

    /** Adds {@code n} items; a sum beyond the range of a {@code long} is unlimited, as in Reactive Streams. */
    void add(long n) {
        items.getAndUpdate(before -> before + n < 0 ? Long.MAX_VALUE : before + n);
    }

    void received() {
        items.decrementAndGet();
    }

    boolean isEmpty() {
        return items.get() <= 0;
    }
}
