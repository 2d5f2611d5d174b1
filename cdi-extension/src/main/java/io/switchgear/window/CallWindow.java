// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The last {@code capacity} outcomes: two bits each, failed and slow.
 *
 * <p>All mutable state is in one array: the number of outcomes written, then the two rows of bits. Cores fetch it from
 * each other as a whole. The array begins and ends with unused cells, so that no read-only data shares its cache lines.
 */
final class CallWindow implements TripPolicy {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    // together with the header of an array as long as a cache line
    private static final int UNUSED = 6;

    private final int capacity;
    private final long[] cells;
    private final CountedBits failed;
    private final CountedBits slow;

    CallWindow(int capacity) {
        int row = CountedBits.cells(capacity);
        this.capacity = capacity;
        this.cells = new long[UNUSED + 1 + 2 * row + UNUSED];
        this.failed = new CountedBits(capacity, cells, UNUSED + 1);
        this.slow = new CountedBits(capacity, cells, UNUSED + 1 + row);
    }

    @Override
    public TripOn tripOn() {
        return TripOn.CALL_WINDOW;
    }

    @Override
    public boolean record(boolean isFailed, boolean isSlow, BreakerSettings settings) {
        // a full window of good calls looks the same with one more: no write, hence nothing for cores to share
        if (!isFailed && !isSlow && failed.count() == 0 && slow.count() == 0 && written() >= capacity) {
            return false;
        }
        write(isFailed, isSlow);
        return mustOpen(settings, 0);
    }

    private void write(boolean isFailed, boolean isSlow) {
        int slot = slot((long) CELL.getAndAdd(cells, UNUSED, 1L));
        failed.write(slot, isFailed);
        slow.write(slot, isSlow);
    }

    private long written() {
        return (long) CELL.getVolatile(cells, UNUSED);
    }

    private int slot(long at) {
        return (int) (at % capacity);
    }

    @Override
    public boolean mustOpen(BreakerSettings settings, int hung) {
        // The number of outcomes is read last, as it rises before the bits are set. So until the window is full, the
        // rate in a race is too low, never too high, and the writer of a bit checks again after it. Once the window is
        // full, a writer between the two has not yet replaced the old outcome in its slot: the rate is off by at most
        // the number of such writers.
        return opens(settings, hung, failed.count(), slow.count())
                && opens(settings, hung, failed.recount(), slow.recount());
    }

    private boolean opens(BreakerSettings settings, int hung, int failures, int slowCalls) {
        return OutcomeCounts.opens(settings, outcomes(written()) + hung, failures, slowCalls + hung);
    }

    private int outcomes(long end) {
        return (int) Math.min(end, capacity);
    }

    @Override
    public OutcomeCounts counts() {
        int failures = failed.recount();
        int slowCalls = slow.recount();
        long end = written();
        int outcomes = outcomes(end);
        int trailing = 0;
        while (trailing < outcomes && failed.isSet(slot(end - 1 - trailing))) {
            trailing++;
        }
        return new OutcomeCounts(trailing, outcomes, failures, slowCalls);
    }

    /** Adds as many outcomes as fit, in the same proportion, with the consecutive failures at the end. */
    @Override
    public void seed(OutcomeCounts counts) {
        int count = Math.min(counts.outcomes(), capacity);
        int trailing = Math.min(counts.consecutiveFailures(), count);
        int older = count - trailing;
        int olderFailures = Math.max(0, scaled(counts.failures(), count, counts.outcomes()) - trailing);
        int slowCalls = scaled(counts.slow(), count, counts.outcomes());
        for (int i = 0; i < count; i++) {
            write(i < olderFailures || i >= older, i < slowCalls);
        }
    }

    private static int scaled(int part, int to, int from) {
        return from == 0 ? 0 : Math.toIntExact((long) part * to / from);
    }

    @Override
    public TripPolicy resized(BreakerSettings settings) {
        if (settings.windowCalls() == capacity) {
            return this;
        }
        CallWindow resized = new CallWindow(settings.windowCalls());
        long end = written();
        for (long at = end - Math.min(outcomes(end), resized.capacity); at < end; at++) {
            resized.write(failed.isSet(slot(at)), slow.isSet(slot(at)));
        }
        return resized;
    }
}
