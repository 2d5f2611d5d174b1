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

/** Ends the wait of calls that wait without a thread. It wakes up only while calls wait, at least once a second. */
final class WaitLimit {
    private static final long MAX_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Ticker ticker;
    private final WakeUps wakeUps;
    // with the deadline of each, also those that wait no longer until the next wake-up; guarded by itself
    private final Map<QueuedCall, Long> waiting = new LinkedHashMap<>();

    WaitLimit(String name, Ticker ticker, Scheduler scheduler) {
        this.ticker = ticker;
        this.wakeUps = new WakeUps(name, scheduler, MAX_SLEEP_NANOS, this::woken, noTimer -> rejectAll());
    }

    /** Rejects a call if it still waits after {@code millis} milliseconds; at once if no timer is to be had. */
    void add(QueuedCall call, long millis) {
        long now = ticker.nanos();
        long deadline = now + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            synchronized (waiting) {
                waiting.put(call, deadline);
            }
            // after it was added: a wake-up that ends meanwhile sees the call, or is seen here
            wakeUps.request(deadline, now);
        } catch (RuntimeException | Error endOfTheStack) {
            call.reject();
        }
    }

    private void woken() {
        List<QueuedCall> late = new ArrayList<>();
        long now = ticker.nanos();
        long wait = Long.MAX_VALUE;
        synchronized (waiting) {
            Iterator<Map.Entry<QueuedCall, Long>> each = waiting.entrySet().iterator();
            while (each.hasNext()) {
                Map.Entry<QueuedCall, Long> entry = each.next();
                long left = entry.getValue() - now;
                if (left <= 0 || !entry.getKey().isQueued()) {
                    late.add(entry.getKey());
                    each.remove();
                } else {
                    wait = Math.min(wait, left);
                }
            }
        }
        if (wait != Long.MAX_VALUE) {
            wakeUps.request(now + wait, now);
        }
        reject(late);
    }

    private void rejectAll() {
        List<QueuedCall> all;
        synchronized (waiting) {
            all = new ArrayList<>(waiting.keySet());
            waiting.clear();
        }
        reject(all);
    }

    /** Outside the lock; does nothing for a call that no longer waits. */
    private static void reject(List<QueuedCall> late) {
        late.forEach(QueuedCall::reject);
    }
}
