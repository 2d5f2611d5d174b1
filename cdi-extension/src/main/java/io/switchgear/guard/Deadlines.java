// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.message.Message;
import io.switchgear.time.Scheduler;
import io.switchgear.time.Ticker;

/**
 * The calls of one time limit that are running, and the wake-ups that end those whose time is over.
 *
 * <p>All calls have the same limit, or that of trials, so calls in the order of their start are in the order of their
 * deadlines too: a list is enough, with a few of them so that threads do not wait for each other. Only the earliest
 * deadline has a wake-up; calls that end in time leave it to the next one. A deadline is computed when it is read, so a
 * change of the limit applies to calls in flight.
 */
final class Deadlines {
    /** A wake-up that needs longer gets help from another one, as interrupting a thread may run code of a channel. */
    static final long RELIEF_NANOS = 2_000_000;

    private static final long MAX_SLEEP_NANOS = 10_000_000_000L;

    private static final int MAX_STRIPES = 16;

    /** The limit in force. */
    @FunctionalInterface
    interface Limit {
        long nanos(boolean trial);
    }

    /** Calls in the order of their start. */
    static final class Calls {
        private final boolean trials;
        private LimitedCall first;
        private LimitedCall last;
        private int size;

        Calls(boolean trials) {
            this.trials = trials;
        }

        synchronized void add(LimitedCall call) {
            call.before = last;
            call.calls = this;
            if (last == null) {
                first = call;
            } else {
                last.after = call;
            }
            last = call;
            size++;
        }

        synchronized void remove(LimitedCall call) {
            if (call.calls == null) {
                return;
            }
            if (call.before == null) {
                first = call.after;
            } else {
                call.before.after = call.after;
            }
            if (call.after == null) {
                last = call.before;
            } else {
                call.after.before = call.before;
            }
            call.before = null;
            call.after = null;
            call.calls = null;
            size--;
        }

        /** Returns the time until the first deadline; {@link Long#MAX_VALUE} if there is none. */
        synchronized long untilFirst(long now, long limit) {
            return first == null ? Long.MAX_VALUE : limit - (now - first.since);
        }

        /** Removes and returns the first call if its time is over; otherwise returns {@code null}. */
        synchronized LimitedCall poll(long now, long limit) {
            LimitedCall due = untilFirst(now, limit) > 0 ? null : first;
            if (due != null) {
                remove(due);
            }
            return due;
        }

        synchronized int size() {
            return size;
        }
    }

    private final Limit limit;
    private final Ticker ticker;
    // those of trials have odd indexes
    private final Calls[] stripes;
    private final WakeUps wakeUps;

    Deadlines(String name, Limit limit, Scheduler scheduler, Ticker ticker) {
        this.limit = limit;
        this.ticker = ticker;
        this.wakeUps = new WakeUps(
                name, scheduler, MAX_SLEEP_NANOS, this::woken, noThread -> Message.LIMIT_FAILED.log(noThread, name));
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), MAX_STRIPES);
        stripes = new Calls[4 * Integer.highestOneBit(processors)];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new Calls(i % 2 == 1);
        }
    }

    /** Adds a call, which starts now. */
    void add(LimitedCall call) {
        long now = ticker.nanos();
        call.since = now;
        int stripe = (int) call.thread().getId() & stripes.length / 2 - 1;
        stripes[2 * stripe + (call.isTrial ? 1 : 0)].add(call);
        // after it was added: a wake-up that ends meanwhile sees the call, or is seen here
        wakeUps.request(now + limit.nanos(call.isTrial), now);
    }

    /** Removes a call, if a wake-up has not removed it. */
    void remove(LimitedCall call) {
        Calls calls = call.calls;
        if (calls != null) {
            calls.remove(call);
        }
    }

    /** Wakes up earlier if the limit was shortened. */
    void changed() {
        long now = ticker.nanos();
        long wait = untilFirst(now);
        if (wait != Long.MAX_VALUE) {
            wakeUps.request(now + wait, now);
        }
    }

    /** Logs, once, that the scheduler does not run tasks. */
    void refused(Throwable why) {
        wakeUps.refused(why);
    }

    int size() {
        int size = 0;
        for (Calls calls : stripes) {
            size += calls.size();
        }
        return size;
    }

    private long untilFirst(long now) {
        long wait = Long.MAX_VALUE;
        for (Calls calls : stripes) {
            wait = Math.min(wait, calls.untilFirst(now, limit.nanos(calls.trials)));
        }
        return wait;
    }

    private void woken() {
        try {
            for (LimitedCall due = due(); due != null; due = due()) {
                due.exceeds();
            }
        } finally {
            changed();
        }
    }

    /** Returns a call whose time is over; {@code null} if there is none. */
    private LimitedCall due() {
        long now = ticker.nanos();
        for (Calls calls : stripes) {
            LimitedCall due = calls.poll(now, limit.nanos(calls.trials));
            if (due != null) {
                wakeUps.request(now + RELIEF_NANOS, now);
                return due;
            }
        }
        return null;
    }
}
