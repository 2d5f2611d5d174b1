// SPDX-License-Identifier: Apache-2.0
package io.switchgear.time;

import java.util.concurrent.Executor;

/**
 * Delegates to a scheduler that can be replaced, since guards are created before the container's scheduler is found.
 */
public final class ReplaceableScheduler implements Scheduler {
    private volatile Scheduler delegate = new JdkScheduler();

    /** Delegates to {@code scheduler} from now on. */
    public void replaceBy(Scheduler scheduler) {
        delegate = scheduler;
    }

    @Override
    public void pause(long nanos) throws InterruptedException {
        delegate.pause(nanos);
    }

    @Override
    public Executor currentContext() {
        return delegate.currentContext();
    }

    @Override
    public Executor threads() {
        return delegate.threads();
    }

    @Override
    public Executor delayed(long nanos) {
        return delegate.delayed(nanos);
    }

    @Override
    public Runnable later(long nanos, Runnable task) {
        return delegate.later(nanos, task);
    }
}
