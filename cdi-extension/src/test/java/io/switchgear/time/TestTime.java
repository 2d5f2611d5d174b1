// SPDX-License-Identifier: Apache-2.0
package io.switchgear.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that advances only when a test advances it. Starts shortly before the ticker overflows, as no origin is
 * promised.
 */
public final class TestTime implements Ticker, InstantSource {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);
    private final AtomicLong wallNanos = new AtomicLong();

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return START.plusNanos(wallNanos.get());
    }

    public void advanceMillis(long millis) {
        advanceNanos(millis * 1_000_000);
    }

    public void advanceNanos(long more) {
        nanos.addAndGet(more);
        wallNanos.addAndGet(more);
    }

    /** Steps the wall clock alone, as when it is set. */
    public void stepWallClock(long millis) {
        wallNanos.addAndGet(millis * 1_000_000);
    }
}
