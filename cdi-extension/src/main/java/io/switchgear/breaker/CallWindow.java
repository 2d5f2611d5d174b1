package io.switchgear.breaker;

import io.switchgear.Settings;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The last {@code capacity} outcomes, a bit each: set is a failure.
 *
 * <p>Invariant: each writer swaps the bit of its slot atomically and adds to {@link #failures} what the swap changed,
 * so the count equals the bits set whenever no writer is between the two. In that gap the count may be off by the
 * writers that are in it; therefore a count that says "open" is confirmed by counting the bits, and a count that is too
 * low is corrected by the writer in the gap, which judges after it.
 */
final class CallWindow implements Judge {
    private static final long MICROS = 1_000_000;
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final int capacity;
    private final long[] bits;
    private final AtomicLong written = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger();

    CallWindow(int capacity) {
        this.capacity = capacity;
        this.bits = new long[(capacity + Long.SIZE - 1) / Long.SIZE];
    }

    @Override
    public boolean succeeded(Settings settings) {
        // a full window of successes looks the same with one more: no write, hence nothing for cores to share
        if (failures.get() == 0 && written.get() >= capacity) {
            return false;
        }
        write(false);
        return mustOpen(settings);
    }

    @Override
    public boolean failed(Settings settings) {
        write(true);
        return mustOpen(settings);
    }

    private void write(boolean failure) {
        int slot = (int) (written.getAndIncrement() % capacity);
        int word = slot / Long.SIZE;
        long mask = 1L << slot;
        if (failure) {
            if (((long) WORD.getAndBitwiseOr(bits, word, mask) & mask) == 0) {
                failures.incrementAndGet();
            }
        } else if ((word(word) & mask) != 0 && ((long) WORD.getAndBitwiseAnd(bits, word, ~mask) & mask) != 0) {
            failures.decrementAndGet();
        }
    }

    @Override
    public boolean mustOpen(Settings settings) {
        return exceeds(settings, failures.get()) && exceeds(settings, failuresCounted());
    }

    @Override
    public String reason(Settings settings) {
        return failuresCounted() + " failures in the last " + outcomes() + " calls (threshold "
                + settings.failureRateThresholdPercent() + " %)";
    }

    private boolean exceeds(Settings settings, int failed) {
        int outcomes = outcomes();
        return failed > 0
                && outcomes >= settings.minimumCalls()
                && failed * (100 * MICROS) >= thresholdMicroPercent(settings) * outcomes;
    }

    /** In whole millionths of a percent, so that 55 of 100 calls are exactly 55 percent and 33.3 is not 33.299... */
    private static long thresholdMicroPercent(Settings settings) {
        return Math.round(settings.failureRateThresholdPercent() * MICROS);
    }

    private int failuresCounted() {
        int count = 0;
        for (int word = 0; word < bits.length; word++) {
            count += Long.bitCount(word(word));
        }
        return count;
    }

    private int outcomes() {
        return (int) Math.min(written.get(), capacity);
    }

    @Override
    public Judge adaptedTo(Settings settings) {
        return switch (settings.tripOn()) {
            case CONSECUTIVE_FAILURES -> new ConsecutiveFailures(trailingFailures());
            case CALL_WINDOW -> settings.windowCalls() == capacity ? this : resized(settings.windowCalls());
        };
    }

    private CallWindow resized(int newCapacity) {
        CallWindow resized = new CallWindow(newCapacity);
        long end = written.get();
        for (long at = end - Math.min(outcomes(), newCapacity); at < end; at++) {
            resized.write(isFailure(at));
        }
        return resized;
    }

    private int trailingFailures() {
        int count = 0;
        for (long at = written.get() - 1; count < outcomes() && isFailure(at); at--) {
            count++;
        }
        return count;
    }

    private boolean isFailure(long at) {
        int slot = (int) (at % capacity);
        return (word(slot / Long.SIZE) & (1L << slot)) != 0;
    }

    private long word(int index) {
        return (long) WORD.getVolatile(bits, index);
    }

    @Override
    public Evidence evidence() {
        return new Evidence(trailingFailures(), outcomes(), failuresCounted());
    }
}
