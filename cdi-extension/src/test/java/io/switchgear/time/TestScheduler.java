// SPDX-License-Identifier: Apache-2.0
package io.switchgear.time;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** A scheduler on whose pauses only the time of a test passes. */
public class TestScheduler implements Scheduler {
    public final List<Long> pausesMillis = new ArrayList<>();
    public final List<Runnable> waiting = new ArrayList<>();
    private final TestTime time;

    public TestScheduler(TestTime time) {
        this.time = time;
    }

    @Override
    public void pause(long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("in a test");
        }
        pass(nanos);
    }

    private void pass(long nanos) {
        pausesMillis.add(nanos / 1_000_000);
        time.advanceMillis(nanos / 1_000_000);
    }

    @Override
    public Executor threads() {
        return Runnable::run;
    }

    @Override
    public Executor delayed(long nanos) {
        return task -> waiting.add(() -> {
            pass(nanos);
            task.run();
        });
    }

    /** Runs the task that has waited longest. */
    public void next() {
        waiting.remove(0).run();
    }
}
