// SPDX-License-Identifier: Apache-2.0
package io.switchgear.time;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A scheduler whose tasks run when a test advances the time, on the thread of the test. */
public final class ManualTimer implements Scheduler {
    private record Task(long at, Runnable action) {}

    /** The tasks for separate threads; they run when the test calls {@link #runStarted}. */
    public final List<Runnable> started = new ArrayList<>();

    /** Whether further tasks are refused. */
    public boolean refuses;

    private final TestTime time;
    private final List<Task> tasks = new ArrayList<>();

    public ManualTimer(TestTime time) {
        this.time = time;
    }

    @Override
    public void pause(long nanos) {
        advanceMillis(nanos / 1_000_000);
    }

    @Override
    public Executor threads() {
        return this::start;
    }

    private synchronized void start(Runnable task) {
        if (refuses) {
            throw new RejectedExecutionException("in a test");
        }
        started.add(task);
    }

    /** Runs the tasks for separate threads that have been started. */
    public void runStarted() {
        while (!started.isEmpty()) {
            started.remove(0).run();
        }
    }

    @Override
    public Executor delayed(long nanos) {
        return task -> add(new Task(time.nanos() + nanos, task));
    }

    private synchronized void add(Task task) {
        if (refuses) {
            throw new RejectedExecutionException("in a test");
        }
        tasks.add(task);
    }

    /** Returns the number of tasks that wait for their time. */
    public synchronized int waiting() {
        return tasks.size();
    }

    /** Returns the milliseconds until the last of these tasks, rounded up; -1 if there is none. */
    public synchronized long lastMillis() {
        return tasks.stream()
                .mapToLong(task -> (task.at() - time.nanos() + 999_999) / 1_000_000)
                .max()
                .orElse(-1);
    }

    /** Drops the tasks, as a scheduler does that is shut down. */
    public synchronized void drop() {
        tasks.clear();
    }

    /** Lets time pass, and runs the tasks whose time comes, each at its time. */
    public void advanceMillis(long millis) {
        long end = time.nanos() + millis * 1_000_000;
        for (Task task = poll(end); task != null; task = poll(end)) {
            time.advanceNanos(Math.max(0, task.at() - time.nanos()));
            task.action().run();
        }
        time.advanceNanos(Math.max(0, end - time.nanos()));
    }

    private synchronized Task poll(long end) {
        Task first = tasks.stream()
                .filter(task -> task.at() - end <= 0)
                .min(Comparator.comparingLong(task -> task.at() - end))
                .orElse(null);
        tasks.remove(first);
        return first;
    }
}
