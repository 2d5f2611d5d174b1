package io.switchgear.interleavings;

import io.switchgear.time.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Time that goes on when told to. Starts shortly before the ticker overflows, as no origin is promised. */
final class Time implements Ticker, InstantSource {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);

    @Override
    public long nanos() {
        return nanos.get();
    }

    /** The wall clock stands still: nothing may depend on it. */
    @Override
    public Instant instant() {
        return START;
    }

    void advanceMillis(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }
}
