// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.CircuitOpenException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiConsumer;

/**
 * The outcome of one call that may return a stage. The first end of the call decides: that of the stage, or one by its
 * caller. Later ends change nothing. A subclass can add another end, such as a time limit.
 */
public class StageOutcome implements BiConsumer<Object, Throwable> {
    private static final AtomicIntegerFieldUpdater<StageOutcome> OVER =
            AtomicIntegerFieldUpdater.newUpdater(StageOutcome.class, "over");

    // null without a breaker; not volatile, as it is handed over before another thread can end the call
    private Permit permit;
    private final long started;
    private volatile int over;

    /**
     * Begins a call.
     *
     * @param breaker {@code null} if no breaker judges the call
     * @throws CircuitOpenException if the breaker rejects it
     */
    public StageOutcome(Breaker breaker) {
        this(breaker == null ? null : breaker.enter());
    }

    private StageOutcome(Permit permit) {
        this(permit, permit == null ? 0 : permit.start());
    }

    private StageOutcome(Permit permit, long started) {
        this.permit = permit;
        this.started = started;
    }

    /**
     * Ends a call by the object that it returned: a stage when it completes, a future at once, and any other object as
     * it is.
     */
    static void judge(Permit permit, Object result, long started) {
        if (result instanceof CompletionStage<?> stage) {
            StageOutcome outcome = of(permit, started);
            try {
                stage.whenComplete(outcome);
            } catch (Throwable thrown) {
                outcome.accept(null, thrown);
                throw thrown;
            }
        } else if (result instanceof Future<?> future) {
            judgeFuture(permit, future, started);
        } else {
            permit.returned(result, started);
        }
    }

    private static StageOutcome of(Permit permit, long started) {
        try {
            return new StageOutcome(permit.handedOver(), started);
        } catch (Throwable broken) {
            permit.ignored(started);
            throw broken;
        }
    }

    /** Judges the outcome of a future that is done; otherwise ignores the call, as a future has no callback. */
    private static void judgeFuture(Permit permit, Future<?> future, long started) {
        Object value;
        try {
            if (!isDone(future)) {
                permit.ignored(started);
                return;
            }
            value = future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            permit.ignored(started);
            return;
        } catch (ExecutionException | CancellationException failed) {
            boolean wrapper = failed instanceof ExecutionException && failed.getCause() != null;
            permit.threw(wrapper ? failed.getCause() : failed, started);
            return;
        } catch (Throwable unreadable) {
            // says nothing of the call; the caller, who gets the future, sees the same
            permit.ignored(started);
            return;
        }
        permit.returned(value, started);
    }

    private static boolean isDone(Future<?> future) {
        try {
            return future.isDone();
        } catch (IllegalStateException holder) {
            // EJB's AsyncResult is a future in name only: it holds a value and throws this
            return true;
        }
    }

    /** Runs the call. If it throws, that is its end. */
    public <C> Object run(Invocation<? super C, ?> invocation, C context) throws Exception {
        try {
            Object result = invocation.proceed(context);
            if (result instanceof CompletionStage) {
                handOver();
            }
            return result;
        } catch (Throwable thrown) {
            accept(null, thrown);
            throw thrown;
        }
    }

    /** Ends the part of the call on its thread; a stage ends the call. */
    protected final void handOver() {
        if (permit != null) {
            permit = permit.handedOver();
        }
    }

    /** Ends the call by a result that is not a stage. */
    public final void returned(Object result) {
        if (isFirst() && permit != null) {
            judge(permit, result, started);
        }
    }

    /** Ends the call by the value or the exception of its stage. */
    @Override
    public final void accept(Object value, Throwable thrown) {
        if (!isFirst() || permit == null) {
            return;
        }
        if (thrown == null) {
            permit.returned(value, started);
        } else {
            permit.threw(thrown, started);
        }
    }

    /** Ends the call as neither success nor failure. */
    public final void ignore() {
        if (isFirst() && permit != null) {
            permit.ignored(started);
        }
    }

    /** Returns whether no other end of the call came before this one. */
    protected boolean isFirst() {
        return over == 0 && OVER.compareAndSet(this, 0, 1);
    }

    // ---- calls with a time limit

    /** Returns the exception with which the call exceeded its time limit; {@code null} if it has not. */
    public Throwable exceeded() {
        return null;
    }

    /** Sets what ends the stage of the call when it exceeds its time limit; runs it at once if it already has. */
    public void onExceeded(Runnable end) {
        // without a limit, it never does
    }

    /** Returns whether the call is a trial of the breaker. */
    protected final boolean isTrial() {
        return permit != null && permit.isTrial();
    }

    /**
     * Ends the call by the exception of its time limit, on any thread. The call keeps what it has taken until
     * {@link #left}.
     *
     * @param elsewhere calls the listeners of a transition
     */
    protected final void exceeds(Throwable thrown, Executor elsewhere) {
        if (permit != null) {
            permit.exceeded(thrown, started, elsewhere);
        }
    }

    /** Gives back what the call has taken. For the end of a call that exceeded its time limit, on its thread. */
    protected final void left(Throwable thrown) {
        if (permit != null) {
            permit.left(thrown, started);
        }
    }
}
