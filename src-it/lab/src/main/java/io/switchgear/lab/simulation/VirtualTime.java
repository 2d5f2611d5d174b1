// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.simulation;

import io.switchgear.time.Scheduler;
import io.switchgear.time.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/**
 * Time that advances from task to task, for a single thread. It is the clock, the ticker and the scheduler of the
 * subjects.
 */
public final class VirtualTime extends Clock implements Ticker, Scheduler {
    /** Nanoseconds in a second. */
    public static final long SECOND = 1_000_000_000;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** A task; tasks of one moment run in the order in which they were added. */
    private record Event(long nanos, long number, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long number;
    private long now;

    /** Returns the nanoseconds since the start. */
    @Override
    public long nanos() {
        return now;
    }

    /** Adds a task that runs after {@code nanos} nanoseconds. */
    public void after(long nanos, Runnable task) {
        events.add(new Event(now + nanos, number++, task));
    }

    /** Runs all tasks until {@code end}, in nanoseconds since the start. */
    public void run(long end) {
        while (!events.isEmpty() && events.peek().nanos() < end) {
            Event next = events.remove();
            now = next.nanos();
            next.task().run();
        }
        now = end;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(now);
    }

    @Override
    public long millis() {
        return START.toEpochMilli() + now / 1_000_000;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }

    /** Fails: a simulation has no threads that could wait. */
    @Override
    public void pause(long nanos) {
        throw new UnsupportedOperationException("a simulated call must not block");
    }

    @Override
    public Executor threads() {
        return task -> after(0, task);
    }

    @Override
    public Executor delayed(long nanos) {
        return task -> after(nanos, task);
    }
}
