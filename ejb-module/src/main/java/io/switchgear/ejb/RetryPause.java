// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The pause after a failure: 1 s, then twice as long each time, 30 s at most. A success that lasts for 30 s makes it
 * short again; a shorter one does not, so that a broker that accepts connections and drops them is not tried each
 * second.
 */
final class RetryPause {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofSeconds(30);

    private final LongSupplier nanos;
    // guarded by this
    private boolean isWorking = true;
    private long since;
    private Duration pause = Duration.ZERO;

    RetryPause(LongSupplier nanos) {
        this.nanos = nanos;
        since = nanos.getAsLong();
    }

    /** Returns whether it is time to try. */
    synchronized boolean isOver() {
        return isWorking || passed().compareTo(pause) >= 0;
    }

    synchronized void worked() {
        if (!isWorking) {
            isWorking = true;
            since = nanos.getAsLong();
        }
    }

    /** Begins a pause and returns it. */
    synchronized Duration failed() {
        if (pause.isZero() || (isWorking && passed().compareTo(MAX) >= 0)) {
            pause = FIRST;
        } else {
            pause = pause.multipliedBy(2).compareTo(MAX) > 0 ? MAX : pause.multipliedBy(2);
        }
        isWorking = false;
        since = nanos.getAsLong();
        return pause;
    }

    private Duration passed() {
        return Duration.ofNanos(nanos.getAsLong() - since);
    }
}
