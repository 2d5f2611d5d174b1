package io.switchgear.flight;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Picks one of many each second, the first at once, and tells how many it stands for. */
public final class RejectionSampler {
    private static final long EACH_NANOS = 1_000_000_000;

    private final LongAdder untold = new LongAdder();
    private final AtomicLong toldNanos;

    /** @param nanos the present moment */
    public RejectionSampler(long nanos) {
        toldNanos = new AtomicLong(nanos - EACH_NANOS);
    }

    /** Counts one more. If it is to be told, answers how many it stands for, itself among them; else 0. */
    public long another(long nanos) {
        untold.increment();
        long told = toldNanos.get();
        return nanos - told >= EACH_NANOS && toldNanos.compareAndSet(told, nanos) ? rest() : 0;
    }

    /** How many have not been told of, which from now on count as told. */
    public long rest() {
        return untold.sumThenReset();
    }
}
