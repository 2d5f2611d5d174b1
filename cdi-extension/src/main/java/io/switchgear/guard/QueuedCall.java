// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.place.Places.Place;
import io.switchgear.place.Waiter;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call that waits for a place without a thread. An executor begins it. */
final class QueuedCall extends Waiter implements Runnable {
    private final Bulkhead bulkhead;
    private final Callable<?> call;
    private final Executor executor;
    private final Result result = new Result();
    // an executor may run a task and then refuse it
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    // the thread that passes the call to the executor, while it does so
    private volatile Thread passer;
    private boolean overHere;

    QueuedCall(Bulkhead bulkhead, Callable<?> call, Executor executor) {
        super(bulkhead.places(), bulkhead.nanos());
        this.bulkhead = bulkhead;
        this.call = call;
        this.executor = executor;
        // for ways to complete it that call none of its methods, such as completeAsync
        CompletableFuture<Object> unused = result.whenComplete((value, thrown) -> withdraw());
    }

    /** Returns the result of the call. */
    Result result() {
        return result;
    }

    /** Rejects the call if it still waits. */
    void reject() {
        if (withdraw()) {
            result.completeExceptionally(bulkhead.rejected(null));
        }
    }

    @Override
    protected boolean wake() {
        passer = Thread.currentThread();
        try {
            executor.execute(this);
        } catch (Throwable refused) {
            if (begun.compareAndSet(false, true)) {
                result.completeExceptionally(refused);
                return false;
            }
        } finally {
            passer = null;
        }
        return !overHere;
    }

    @Override
    public void run() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        if (result.isDone()) {
            leave(null);
            return;
        }
        Place place = null;
        try {
            place = places().here();
            place.takeFrom(this);
            bulkhead.admitted();
            Object value = call.call();
            place.handOver();
            if (value instanceof CompletionStage<?> stage) {
                Place left = place;
                stage.whenComplete((each, thrown) -> ended(left, each, thrown));
            } else {
                ended(place, value, null);
            }
        } catch (Throwable thrown) {
            ended(place, null, thrown);
        }
    }

    private void ended(Place place, Object value, Throwable thrown) {
        // first, so that a caller that goes on finds the place free
        leave(place);
        if (thrown == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(thrown);
        }
    }

    private void leave(Place place) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        if (passer == Thread.currentThread()) {
            // the thread that passed the call on gives the place back: a long queue must not need a deep stack
            overHere = true;
            if (place != null) {
                place.handOver();
            }
        } else if (place == null) {
            end();
        } else {
            place.leave();
        }
    }

    /** A caller that completes it no longer waits. */
    final class Result extends CompletableFuture<Object> implements Queued {
        @Override
        public void leaveQueue() {
            withdraw();
        }

        @Override
        public boolean complete(Object value) {
            leaveQueue();
            return super.complete(value);
        }

        @Override
        public boolean completeExceptionally(Throwable thrown) {
            leaveQueue();
            return super.completeExceptionally(thrown);
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            leaveQueue();
            return super.cancel(mayInterruptIfRunning);
        }
    }
}
