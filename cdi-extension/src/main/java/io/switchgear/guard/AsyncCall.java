// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.breaker.Invocation;
import io.switchgear.breaker.StageOutcome;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * A call that returns a stage: its attempts, and the stage that its caller gets. No thread is held between attempts.
 * Completing or cancelling this stage ends the call and the running attempt.
 */
final class AsyncCall<C> extends CompletableFuture<Object> {
    private final CallSteps<C> steps;
    private final Invocation<? super C, ?> invocation;
    private final C context;
    // not volatile: attempts run one after the other, each started by the end of the previous one
    private long started;
    private int attempt = 1;
    private ArgumentKey key;
    private Throwable previous;
    private Executor callerContext = Runnable::run;
    // while this call begins there
    private volatile Thread caller;
    private volatile RunningStage running;
    private volatile boolean interrupts = true;

    AsyncCall(CallSteps<C> steps, Invocation<? super C, ?> invocation, C context) {
        this.steps = steps;
        this.invocation = invocation;
        this.context = context;
        if (steps.runsApplicationLater()) {
            callerContext = steps.scheduler().currentContext();
        }
    }

    AsyncCall<C> started() {
        key = steps.key(context);
        started = steps.begin();
        return onThread(this::attempt);
    }

    /**
     * Continues a call that ran on its caller's thread until an attempt returned a stage. Its value is not kept as a
     * last good one, as it is not what the method returns.
     */
    AsyncCall<C> continued(long since, int attempts, CompletionStage<?> stage, StageOutcome outcome) {
        started = since;
        attempt = attempts;
        return onThread(() -> run(stage, outcome));
    }

    private AsyncCall<C> onThread(Runnable begin) {
        caller = Thread.currentThread();
        try {
            begin.run();
        } finally {
            caller = null;
        }
        return this;
    }

    // ---- the end by the caller

    @Override
    public boolean complete(Object value) {
        return ended(null, () -> super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable thrown) {
        return ended(thrown, () -> super.completeExceptionally(thrown));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        interrupts = mayInterruptIfRunning;
        return ended(new CancellationException(), () -> super.cancel(mayInterruptIfRunning));
    }

    /**
     * The breaker counts first, and an attempt that waits leaves the queue; then this stage ends, so that no further
     * attempt begins, and then the attempt.
     */
    private boolean ended(Throwable thrown, BooleanSupplier end) {
        RunningStage judged = running;
        if (judged != null && !isDone()) {
            judged.judge(thrown);
            judged.leaveQueue();
        }
        boolean ended = end.getAsBoolean();
        RunningStage last = running;
        if (ended && last != null) {
            last.judge(thrown);
            last.end(thrown, interrupts);
        }
        return ended;
    }

    // ---- attempts

    private void attempt() {
        StageOutcome outcome;
        Object result;
        try {
            outcome = steps.admit();
            result = steps.run(outcome, invocation, context);
            if (!(result instanceof CompletionStage)) {
                outcome.returned(result);
            }
        } catch (Throwable thrown) {
            try {
                if (steps.mayReplace(thrown)) {
                    steps.undo(thrown);
                }
            } catch (Throwable another) {
                fail(another, thrown);
                return;
            }
            attempted(null, thrown);
            return;
        }
        if (result instanceof CompletionStage<?> stage) {
            run(stage, outcome);
        } else {
            attempted(result, null);
        }
    }

    private void run(CompletionStage<?> stage, StageOutcome outcome) {
        RunningStage now = new RunningStage(stage, outcome);
        runs(now);
        // the breaker counts first: it may reject the next attempt
        BiConsumer<Object, Throwable> end = now.onEnd((value, thrown) -> {
            try {
                outcome.accept(value, thrown);
            } finally {
                Throwable exceeded = outcome.exceeded();
                attempted(exceeded == null ? value : null, exceeded == null ? cause(thrown) : exceeded);
            }
        });
        if (steps.hasLimit()) {
            outcome.onExceeded(() -> {
                try {
                    now.leaveQueue();
                    end.accept(null, outcome.exceeded());
                } finally {
                    now.end(null, true);
                }
            });
        }
    }

    private void runs(RunningStage now) {
        running = now;
        if (isDone()) {
            CompletionStage<Object> result = this;
            result.whenComplete((value, thrown) -> {
                now.judge(thrown);
                now.end(thrown, interrupts);
            });
        }
    }

    private static Throwable cause(Throwable thrown) {
        if (!(thrown instanceof CompletionException)) {
            return thrown;
        }
        try {
            Throwable cause = thrown.getCause();
            return cause == null ? thrown : cause;
        } catch (RuntimeException | Error broken) {
            return thrown;
        }
    }

    private void attempted(Object value, Throwable thrown) {
        if (isDone()) {
            return;
        }
        try {
            steps.attachPrevious(thrown, previous);
            previous = thrown;
            long wait = steps.waitNanos(value, thrown, attempt, started);
            if (wait == Retry.NO) {
                ended(value, thrown);
            } else {
                new Next(value, thrown).schedule(wait);
            }
        } catch (Throwable another) {
            fail(another, thrown);
        }
    }

    private void fail(Throwable failure, Throwable suppressed) {
        if (suppressed != null) {
            Suppressed.add(failure, suppressed);
        }
        super.completeExceptionally(failure);
    }

    /** The next attempt, which has been paid for: it begins, or the result of the last one is that of the call. */
    private final class Next {
        private final Object lastValue;
        private final Throwable lastThrown;
        private final AtomicBoolean claimed = new AtomicBoolean();

        Next(Object lastValue, Throwable lastThrown) {
            this.lastValue = lastValue;
            this.lastThrown = lastThrown;
        }

        void schedule(long wait) {
            // also without a wait, as this thread may belong to any code that completed the stage
            handOver(() ->
                    steps.scheduler().delayed(wait).execute(() -> handOver(() -> callerContext.execute(this::begin))));
        }

        private void begin() {
            if (!claimed.compareAndSet(false, true)) {
                return;
            }
            if (isDone()) {
                steps.retry().withdraws();
            } else if (steps.retry().repeats(started)) {
                attempt++;
                attempt();
            } else {
                giveUp(null);
            }
        }

        /** Passes the attempt to an executor, which may refuse it in any way, and even after it has run it. */
        private void handOver(Runnable execution) {
            try {
                execution.run();
            } catch (Throwable refused) {
                if (claimed.compareAndSet(false, true)) {
                    steps.retry().withdraws();
                    giveUp(refused);
                }
            }
        }

        /** @param refused why there is no further attempt; {@code null} if it would begin too late */
        private void giveUp(Throwable refused) {
            try {
                if (refused != null && lastThrown != null) {
                    Suppressed.add(lastThrown, refused);
                }
                ended(lastValue, lastThrown);
            } catch (Throwable another) {
                fail(another, lastThrown);
            }
        }
    }

    private void ended(Object value, Throwable thrown) throws Exception {
        if (thrown == null) {
            steps.succeeded(key, value);
            super.complete(value);
            return;
        }
        if (!steps.mayReplace(thrown)) {
            super.completeExceptionally(thrown);
            return;
        }
        Object lastGood = steps.lastGood(key);
        if (lastGood != Recovery.NOTHING) {
            super.complete(lastGood);
            return;
        }
        if (caller == Thread.currentThread()) {
            // with all of its context, such as a transaction
            replace(thrown);
            return;
        }
        try {
            // this thread may belong to any code that completed the stage
            callerContext.execute(() -> replace(thrown));
        } catch (RuntimeException refused) {
            fail(thrown, refused);
        }
    }

    private void replace(Throwable thrown) {
        try {
            recover(thrown);
        } catch (Throwable another) {
            fail(another, thrown);
        }
    }

    private void recover(Throwable thrown) throws Exception {
        Object substitute = steps.recover(context, thrown, attempt);
        if (substitute == Recovery.NOTHING) {
            super.completeExceptionally(thrown);
        } else if (substitute instanceof CompletionStage<?> stage) {
            RunningStage now = new RunningStage(stage, null);
            runs(now);
            now.onEnd((result, another) -> recovered(result, cause(another), thrown));
        } else {
            steps.recovered(thrown, null);
            super.complete(substitute);
        }
    }

    private void recovered(Object substitute, Throwable another, Throwable thrown) {
        steps.recovered(thrown, another);
        if (another == null) {
            super.complete(substitute);
        } else {
            super.completeExceptionally(another);
        }
    }
}
