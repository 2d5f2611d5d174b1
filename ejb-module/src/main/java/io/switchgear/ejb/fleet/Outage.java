// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Whether the store can be used, and when to try again: after 1 s, then twice as long each time, 30 s at most. */
final class Outage {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

    private final String store;
    private final FleetLog log;
    private final LongSupplier nanos;
    private volatile String problem = "";
    private long since;
    private long pausedAt;
    private Duration pause = Duration.ZERO;

    Outage(String store, FleetLog log, LongSupplier nanos) {
        this.store = store;
        this.log = log;
        this.nanos = nanos;
    }

    boolean isDue() {
        return nanos.getAsLong() - pausedAt >= pause.toNanos();
    }

    void failed(Exception cause, int pending) {
        pausedAt = nanos.getAsLong();
        if (problem.isEmpty()) {
            since = pausedAt;
            pause = FIRST_PAUSE;
            log.storeAway(cause.getMessage()
                    + "; until then this node goes on with what is in force here, and queues changes (" + pending
                    + " now)");
        } else {
            pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause.multipliedBy(2);
        }
        problem = String.valueOf(cause.getMessage());
    }

    /** @param pending number of changes that waited, and are written now */
    void over(int pending) {
        if (!problem.isEmpty()) {
            problem = "";
            pause = Duration.ZERO;
            log.storeBack(store + " can be used again after "
                    + Duration.ofNanos(nanos.getAsLong() - since).toSeconds()
                    + " s; changes that waited and are written: " + pending);
        }
    }

    /** Returns why the store cannot be used; empty if it can. */
    String problem() {
        return problem;
    }
}
