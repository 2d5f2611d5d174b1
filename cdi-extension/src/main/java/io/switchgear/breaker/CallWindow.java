package io.switchgear.breaker;

import io.switchgear.Settings;
import io.switchgear.TripOn;
import java.util.concurrent.atomic.AtomicLong;

/** The last {@code capacity} outcomes: two bits each, failed and slow. */
final class CallWindow implements Judge {
    private final int capacity;
    private final Bits failed;
    private final Bits slow;
    private final AtomicLong written = new AtomicLong();

    CallWindow(int capacity) {
        this.capacity = capacity;
        this.failed = new Bits(capacity);
        this.slow = new Bits(capacity);
    }

    @Override
    public TripOn tripOn() {
        return TripOn.CALL_WINDOW;
    }

    @Override
    public boolean note(boolean isFailed, boolean isSlow, Settings settings) {
        // a full window of good calls looks the same with one more: no write, hence nothing for cores to share
        if (!isFailed && !isSlow && failed.count() == 0 && slow.count() == 0 && written.get() >= capacity) {
            return false;
        }
        write(isFailed, isSlow);
        return mustOpen(settings, 0);
    }

    private void write(boolean isFailed, boolean isSlow) {
        int slot = slot(written.getAndIncrement());
        failed.write(slot, isFailed);
        slow.write(slot, isSlow);
    }

    private int slot(long at) {
        return (int) (at % capacity);
    }

    @Override
    public boolean mustOpen(Settings settings, int hung) {
        int outcomes = outcomes() + hung;
        return Evidence.opens(settings, outcomes, failed.count(), slow.count() + hung)
                && Evidence.opens(settings, outcomes, failed.counted(), slow.counted() + hung);
    }

    private int outcomes() {
        return (int) Math.min(written.get(), capacity);
    }

    @Override
    public Evidence evidence() {
        return new Evidence(trailingFailures(), outcomes(), failed.counted(), slow.counted());
    }

    private int trailingFailures() {
        int count = 0;
        for (long at = written.get() - 1; count < outcomes() && failed.at(slot(at)); at--) {
            count++;
        }
        return count;
    }

    @Override
    public Judge resized(Settings settings) {
        if (settings.windowCalls() == capacity) {
            return this;
        }
        CallWindow resized = new CallWindow(settings.windowCalls());
        long end = written.get();
        for (long at = end - Math.min(outcomes(), resized.capacity); at < end; at++) {
            resized.write(failed.at(slot(at)), slow.at(slot(at)));
        }
        return resized;
    }
}
