// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.message.Message;
import io.switchgear.time.JdkScheduler;
import io.switchgear.time.Scheduler;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Runs a task at the earliest time that was requested; the task requests the next one. Calls that end in time leave
 * their wake-up to it. A scheduler that refuses tasks or loses them is replaced by the JDK's timer.
 */
final class WakeUps {
    /** A wake-up that is late by more than this is lost: the scheduler is full, or was shut down. */
    static final long PATIENCE_NANOS = 1_000_000_000L;

    private static final int STACK_FRAMES = 200;

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
            synchronized (WakeUps.this) {
                if (next == this) {
                    next = null;
                }
            }
            task.run();
        }
    }

    private final String name;
    private final Scheduler scheduler;
    private final long maxSleepNanos;
    private final Runnable task;
    private final Consumer<Throwable> failed;
    // null while none is scheduled
    private volatile WakeUp next;
    private volatile boolean refusalLogged;

    /**
     * Creates wake-ups.
     *
     * @param name that of the layer, for the log
     * @param maxSleepNanos no wake-up is further away, as it keeps the class loader of an application that has ended
     * @param task may run for several wake-ups at once
     * @param failed called if the JDK's timer has no thread either; the next request tries again
     */
    WakeUps(String name, Scheduler scheduler, long maxSleepNanos, Runnable task, Consumer<Throwable> failed) {
        this.name = name;
        this.scheduler = scheduler;
        this.maxSleepNanos = maxSleepNanos;
        this.task = task;
        this.failed = failed;
    }

    /** Requests a wake-up at {@code deadline}, unless there is an earlier one. Fails at the end of the stack alone. */
    void request(long deadline, long now) {
        WakeUp present = next;
        if (present == null || present.at - deadline > 0 || present.isLost(now)) {
            schedule(Math.min(Math.max(0, deadline - now), maxSleepNanos), now);
        }
    }

    private void schedule(long wait, long now) {
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

    /** Throws at the end of the stack. A scheduler that the end of the stack interrupts may be broken for all. */
    private static int requireStack(int frames) {
        return frames == 0 ? 0 : requireStack(frames - 1) + 1;
    }

    /** Wakes up instead of a wake-up that is late, and logs that it has been lost unless the process was paused. */
    private void replace(WakeUp late, WakeUp replacement) {
        if (!late.ran) {
            refused(new RejectedExecutionException("a task was not run in time"));
        }
        replacement.run();
    }

    private void scheduleHere(Runnable wakeUp, WakeUp scheduled, long wait) {
        try {
            new JdkScheduler().delayed(wait).execute(wakeUp);
        } catch (RuntimeException | Error noThread) {
            synchronized (this) {
                next = next == scheduled ? null : next;
            }
            failed.accept(noThread);
        }
    }

    /** Logs, once, that the scheduler does not run tasks. */
    void refused(Throwable why) {
        if (!refusalLogged) {
            refusalLogged = true;
            Message.TIMER_REPLACED.log(why, name);
        }
    }
}
