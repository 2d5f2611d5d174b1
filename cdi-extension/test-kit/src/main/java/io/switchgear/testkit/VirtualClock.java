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
 * A clock that advances only when a test advances it. It is also the timer of the application that uses it:
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
     * Advances the clock, and runs what is due until then.
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
        long until = nanos() + by.toNanos();
        for (Task due = next(until); due != null; due = next(until)) {
            due.work().run();
        }
    }

    /** Advances to the next task until a time, which it takes; {@code null} if there is none. */
    private Task next(long until) {
        synchronized (tasks) {
            Task next = tasks.peek();
            boolean due = next != null && next.at() <= until;
            // a task, or another thread, may have advanced the clock further
            now = Math.max(now, due ? next.at() : until);
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
