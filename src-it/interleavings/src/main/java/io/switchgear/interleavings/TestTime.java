// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import io.switchgear.time.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that advances on request. Starts shortly before the ticker overflows, as its origin is arbitrary. */
final class TestTime implements Ticker, InstantSource {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);

    @Override
    public long nanos() {
        return nanos.get();
    }

    /** Returns the same instant always: nothing may depend on the wall clock. */
    @Override
    public Instant instant() {
        return START;
    }

    void advanceMillis(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }
}
