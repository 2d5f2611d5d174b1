// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** A scheduler whose tasks run when a test says so. */
final class ManualScheduler implements Scheduler {
    /** The tasks that wait, with their delays. */
    final Map<Runnable, Duration> waiting = new LinkedHashMap<>();

    @Override
    public void pause(long nanos) {
        throw new UnsupportedOperationException("no test pauses");
    }

    @Override
    public Executor threads() {
        return Runnable::run;
    }

    @Override
    public Executor delayed(long nanos) {
        return task -> later(nanos, task);
    }

    @Override
    public Runnable later(long nanos, Runnable task) {
        waiting.put(task, Duration.ofNanos(nanos));
        return () -> waiting.remove(task);
    }

    /** Runs the tasks that wait now. */
    void next() {
        List<Runnable> due = new ArrayList<>(waiting.keySet());
        waiting.clear();
        due.forEach(Runnable::run);
    }

    /** Runs the tasks that wait now, and those that they schedule. */
    void twice() {
        next();
        next();
    }
}
