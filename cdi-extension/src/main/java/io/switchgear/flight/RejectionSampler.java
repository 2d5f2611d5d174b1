// SPDX-License-Identifier: Apache-2.0
package io.switchgear.flight;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Picks at most one rejection a second, the first at once, and counts the rejections that it accounts for. */
final class RejectionSampler {
    private static final long INTERVAL_NANOS = 1_000_000_000;

    private final LongAdder unrecorded = new LongAdder();
    private final AtomicLong recordedNanos;

    /** @param nanos the current time */
    RejectionSampler(long nanos) {
        recordedNanos = new AtomicLong(nanos - INTERVAL_NANOS);
    }

    /** Counts a rejection. If it is picked, returns how many it accounts for, itself included; otherwise 0. */
    long add(long nanos) {
        unrecorded.increment();
        long last = recordedNanos.get();
        return nanos - last >= INTERVAL_NANOS && recordedNanos.compareAndSet(last, nanos) ? takeRest() : 0;
    }

    /** Returns how many rejections no picked one accounts for yet, and resets that count. */
    long takeRest() {
        return unrecorded.sumThenReset();
    }
}
