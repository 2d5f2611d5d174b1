package io.switchgear.flight;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Picks one of many rejections each second, the first at once, and counts those that it accounts for. */
final class RejectionSampler {
    private static final long INTERVAL_NANOS = 1_000_000_000;

    private final LongAdder unrecorded = new LongAdder();
    private final AtomicLong recordedNanos;

    /** @param nanos the present time */
    RejectionSampler(long nanos) {
        recordedNanos = new AtomicLong(nanos - INTERVAL_NANOS);
    }

    /** Counts a rejection. Returns how many it accounts for, itself included, if it is picked; else 0. */
    long add(long nanos) {
        unrecorded.increment();
        long last = recordedNanos.get();
        return nanos - last >= INTERVAL_NANOS && recordedNanos.compareAndSet(last, nanos) ? takeRest() : 0;
    }

    /** Returns how many have not been accounted for, and counts them as accounted for. */
    long takeRest() {
        return unrecorded.sumThenReset();
    }
}
