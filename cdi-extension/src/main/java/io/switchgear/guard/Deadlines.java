// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.message.Message;
import io.switchgear.time.JdkScheduler;
import io.switchgear.time.Scheduler;
import io.switchgear.time.Ticker;
import java.util.concurrent.RejectedExecutionException;

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

    /** No wake-up is further away, as it keeps the class loader of an application that has ended. */
    static final long MAX_SLEEP_NANOS = 10_000_000_000L;

    /** A wake-up that is late by more than this is lost: the scheduler is full, or was shut down. */
    static final long PATIENCE_NANOS = 1_000_000_000L;

    private static final int MAX_STRIPES = 16;
    private static final int STACK_FRAMES = 200;

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

    private final class WakeUp implements Runnable {
        private final long at;
        private volatile boolean ran;

        WakeUp(long at) {
            this.at = at;
        }

        boolean isLost(long now) {
            return now - at > PATIENCE_NANOS;
        }

        @Override
        public void run() {
            ran = true;
            woken(this);
        }
    }

    private final String name;
    private final Limit limit;
    private final Scheduler scheduler;
    private final Ticker ticker;
    // those of trials have odd indexes
    private final Calls[] stripes;
    // null while no call is running
    private volatile WakeUp next;
    private volatile boolean refusalLogged;

    Deadlines(String name, Limit limit, Scheduler scheduler, Ticker ticker) {
        this.name = name;
        this.limit = limit;
        this.scheduler = scheduler;
        this.ticker = ticker;
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
        WakeUp present = next;
        long deadline = now + limit.nanos(call.isTrial);
        if (present == null || present.at - deadline > 0 || present.isLost(now)) {
            wakeUp(deadline, now);
        }
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
            wakeUp(now + wait, now);
        }
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

    private void woken(WakeUp wakeUp) {
        synchronized (this) {
            if (next == wakeUp) {
                next = null;
            }
        }
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
                wakeUp(now + RELIEF_NANOS, now);
                return due;
            }
        }
        return null;
    }

    /** Throws at the end of the stack. A scheduler that the end of the stack interrupts may be broken for all. */
    private static int requireStack(int frames) {
        return frames == 0 ? 0 : requireStack(frames - 1) + 1;
    }

    /** Schedules a wake-up, unless there is an earlier one. Fails at the end of the stack alone. */
    private void wakeUp(long deadline, long now) {
        long wait = Math.min(Math.max(0, deadline - now), MAX_SLEEP_NANOS);
        WakeUp scheduled = new WakeUp(now + wait);
        requireStack(STACK_FRAMES);
        WakeUp lost;
        synchronized (this) {
            WakeUp present = next;
            lost = present != null && present.isLost(now) ? present : null;
            if (present != null && lost == null && present.at - scheduled.at <= 0) {
                return;
            }
            next = scheduled;
        }
        if (lost != null) {
            scheduleHere(() -> replace(lost, scheduled), scheduled, wait);
        } else {
            try {
                scheduler.delayed(wait).execute(scheduled);
            } catch (RuntimeException | Error refused) {
                refused(refused);
                scheduleHere(scheduled, scheduled, wait);
            }
        }
    }

    /** Wakes up instead of a wake-up that is late, and logs that it has been lost unless the process was paused. */
    private void replace(WakeUp late, WakeUp replacement) {
        if (!late.ran) {
            refused(new RejectedExecutionException("a task was not run in time"));
        }
        replacement.run();
    }

    private void scheduleHere(Runnable task, WakeUp scheduled, long wait) {
        try {
            new JdkScheduler().delayed(wait).execute(task);
        } catch (RuntimeException | Error refused) {
            // no thread can be started; the next call tries again
            synchronized (this) {
                next = next == scheduled ? null : next;
            }
            Message.LIMIT_FAILED.log(refused, name);
        }
    }

    /** Logs, once, that the scheduler does not run tasks. */
    void refused(Throwable why) {
        if (!refusalLogged) {
            refusalLogged = true;
            Message.LIMIT_TIMER_REPLACED.log(why, name);
        }
    }
}
