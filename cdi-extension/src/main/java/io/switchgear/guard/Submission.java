// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.breaker.Invocation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * An attempt that runs on another thread. It is done when the method is: an attempt that is cancelled after it has
 * begun may be interrupted, but what it has taken is in use until it ends.
 */
final class Submission<C> extends CompletableFuture<Object> implements Runnable {
    private final Invocation<? super C, ?> invocation;
    private final C context;
    private final boolean ofStage;
    // all guarded by this
    private boolean begun;
    private boolean interrupted;
    private Thread runner;
    private Future<?> returned;

    Submission(Invocation<? super C, ?> invocation, C context, boolean ofStage) {
        this.invocation = invocation;
        this.context = context;
        this.ofStage = ofStage;
    }

    /** Runs the attempt, unless it was cancelled before. */
    @Override
    public void run() {
        if (!begins()) {
            return;
        }
        Object value = null;
        Throwable thrown = null;
        try {
            value = invocation.proceed(context);
        } catch (Throwable failure) {
            thrown = failure;
        }
        leaves(ofStage ? value : null);
        if (thrown == null && ofStage && value instanceof CompletionStage<?> stage) {
            try {
                stage.whenComplete(this::ended);
            } catch (Throwable broken) {
                ended(null, broken);
            }
        } else {
            ended(value, thrown);
        }
    }

    /** Runs the attempt; returns it, as it may end later. */
    CompletionStage<Object> onThisThread() {
        run();
        return this;
    }

    private void ended(Object value, Throwable thrown) {
        if (thrown == null) {
            super.complete(value);
        } else {
            boolean wrapper = thrown instanceof CompletionException && thrown.getCause() != null;
            super.completeExceptionally(wrapper ? thrown.getCause() : thrown);
        }
    }

    private synchronized boolean begins() {
        if (begun) {
            return false;
        }
        begun = true;
        runner = Thread.currentThread();
        return true;
    }

    /** From here on, no interruption of this attempt reaches the thread, which goes on with other work. */
    private synchronized void leaves(Object value) {
        runner = null;
        if (interrupted) {
            Thread.interrupted();
        }
        returned = value instanceof Future<?> future ? future : null;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return stops(mayInterruptIfRunning) || super.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean completeExceptionally(Throwable thrown) {
        return stops(true) || super.completeExceptionally(thrown);
    }

    /** Stops an attempt that has begun, and returns true; one that has not never begins. */
    private boolean stops(boolean interrupts) {
        Future<?> stopped;
        synchronized (this) {
            if (!begun) {
                begun = true;
                return false;
            }
            if (interrupts && runner != null && !interrupted) {
                interrupted = true;
                runner.interrupt();
            }
            stopped = returned;
        }
        if (stopped != null) {
            try {
                stopped.cancel(interrupts);
            } catch (UnsupportedOperationException readOnly) {
                // a stage that cannot be completed from outside goes on
            }
        }
        return true;
    }
}
