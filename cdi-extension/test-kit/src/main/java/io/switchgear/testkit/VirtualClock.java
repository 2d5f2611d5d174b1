// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import io.switchgear.time.Scheduler;
import io.switchgear.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/**
 * A clock that advances only when a test advances it, or when a call pauses. It is also the timer of the application
 * that uses it:
 *
 * <ul>
 *   <li>What is due meanwhile, such as the end of a time limit or the next attempt of an asynchronous call, is run by
 *       {@link #advance}, on its thread and in the order of time.
 *   <li>A pause before a retry does not block: it advances the clock. Pauses of several threads add up.
 *   <li>Listeners and observers are notified on the thread that causes the event, before its call returns.
 * </ul>
 *
 * <p>Code that takes long is played by advancing the clock within it. A call that waits for a free place on its own
 * thread looks at the clock at least once a second of real time. The HTTP client uses the system's time. Safe for use
 * by multiple threads.
 *
 * @since 0.1
 */
public final class VirtualClock implements InstantSource {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MAX = Duration.ofDays(36_500);

    /** A task; tasks of one moment run in the order in which they were added. */
    private record Task(long at, long number, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(at, other.at);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    private final Time time = new Time(this::nanos, this, new Timer());
    // guarded by itself, like the fields below
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long now;
    private long number;
    // by how much this thread has advanced the clock: what a task advances is part of the advance that runs the task,
    // and that of another thread comes on top
    private final ThreadLocal<Long> own = ThreadLocal.withInitial(() -> 0L);

    VirtualClock() {}

    Time time() {
        return time;
    }

    private long nanos() {
        synchronized (tasks) {
            return now;
        }
    }

    /** Returns the time of day: midnight of 2026-01-01 UTC, and what was advanced since. */
    @Override
    public Instant instant() {
        return START.plusNanos(nanos());
    }

    /** Returns by how much the clock has been advanced. */
    public Duration elapsed() {
        return Duration.ofNanos(nanos());
    }

    /** Returns the time of day, and by how much the clock has been advanced. */
    @Override
    public String toString() {
        return instant() + ", advanced by " + elapsed();
    }

    /**
     * Advances the clock, and runs what is due until then. Calls of several threads add up. What a task advances is
     * part of the call that runs the task.
     *
     * @param by zero to run what is due now; at most 100 years in total
     * @throws IllegalArgumentException if it is negative or too long; the clock is then as before
     */
    public void advance(Duration by) {
        if (by.isNegative() || by.compareTo(MAX.minus(elapsed())) > 0) {
            throw new IllegalArgumentException(
                    "a clock can be advanced by 0 to 36500 days in total, but was to be advanced by " + by + " after "
                            + elapsed());
        }
        long end = own.get() + by.toNanos();
        for (Task due = next(end); due != null; due = next(end)) {
            due.work().run();
        }
    }

    /**
     * Advances to the next task, which it takes, or to the end if none is due until then.
     *
     * @param end by how much this thread has then advanced the clock
     * @return {@code null} if no task is due
     */
    private Task next(long end) {
        synchronized (tasks) {
            long left = Math.max(0, end - own.get());
            Task next = tasks.peek();
            boolean due = next != null && next.at() <= now + left;
            long step = due ? Math.max(0, next.at() - now) : left;
            now += step;
            own.set(own.get() + step);
            return due ? tasks.remove() : null;
        }
    }

    private Task add(long nanos, Runnable work) {
        synchronized (tasks) {
            Task task = new Task(now + Math.min(nanos, MAX.toNanos()), number++, work);
            tasks.add(task);
            return task;
        }
    }

    private final class Timer implements Scheduler {
        @Override
        public void pause(long nanos) throws InterruptedException {
            advance(Duration.ofNanos(nanos));
            // as a thread that sleeps is: before, or by what was due meanwhile
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while it paused");
            }
        }

        @Override
        public Executor threads() {
            return Runnable::run;
        }

        @Override
        public Executor delayed(long nanos) {
            return nanos <= 0 ? Runnable::run : work -> add(nanos, work);
        }

        @Override
        public Runnable later(long nanos, Runnable work) {
            Task task = add(nanos, work);
            return () -> {
                synchronized (tasks) {
                    tasks.remove(task);
                }
            };
        }
    }
}
