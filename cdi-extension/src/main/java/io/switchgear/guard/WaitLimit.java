// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.time.Scheduler;
import io.switchgear.time.Ticker;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Ends the wait of calls that wait without a thread. One timer serves all of them. It runs only while calls wait, and
 * for a second at most, so that it does not keep an application that has ended.
 */
final class WaitLimit {
    private static final long MAX_TIMER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Ticker ticker;
    private final Scheduler scheduler;
    // with the deadline of each; guarded by itself
    private final Map<QueuedCall, Long> waiting = new LinkedHashMap<>();
    private boolean armed;
    private long next;

    WaitLimit(Ticker ticker, Scheduler scheduler) {
        this.ticker = ticker;
        this.scheduler = scheduler;
    }

    /** Rejects a call if it still waits after {@code millis} milliseconds; at once if no timer is to be had. */
    void add(QueuedCall call, long millis) {
        long now = ticker.nanos();
        long deadline = now + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            synchronized (waiting) {
                waiting.put(call, deadline);
                arm(deadline, now);
            }
        } catch (RuntimeException | Error refused) {
            call.reject();
        }
    }

    private void arm(long deadline, long now) {
        long wait = Math.min(Math.max(0, deadline - now), MAX_TIMER_NANOS);
        if (!armed || now + wait - next < 0) {
            armed = true;
            next = now + wait;
            try {
                scheduler.delayed(wait).execute(this::sweep);
            } catch (RuntimeException | Error refused) {
                armed = false;
                throw refused;
            }
        }
    }

    private void sweep() {
        List<QueuedCall> late = new ArrayList<>();
        try {
            synchronized (waiting) {
                armed = false;
                long now = ticker.nanos();
                long earliest = now + MAX_TIMER_NANOS;
                Iterator<Map.Entry<QueuedCall, Long>> each = waiting.entrySet().iterator();
                while (each.hasNext()) {
                    Map.Entry<QueuedCall, Long> entry = each.next();
                    long left = entry.getValue() - now;
                    if (left <= 0 || !entry.getKey().isQueued()) {
                        late.add(entry.getKey());
                        each.remove();
                    } else if (left < earliest - now) {
                        earliest = entry.getValue();
                    }
                }
                if (!waiting.isEmpty()) {
                    arm(earliest, now);
                }
            }
        } catch (RuntimeException | Error refused) {
            synchronized (waiting) {
                late.addAll(waiting.keySet());
                waiting.clear();
            }
        }
        // outside the lock; does nothing for a call that no longer waits
        late.forEach(QueuedCall::reject);
    }
}
