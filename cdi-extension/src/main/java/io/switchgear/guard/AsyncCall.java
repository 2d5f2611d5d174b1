// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.breaker.Invocation;
import io.switchgear.breaker.StageOutcome;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * A call that returns a stage: its attempts, and the stage that its caller gets. No thread is held between attempts.
 * Completing or cancelling this stage ends the call and the running attempt.
 */
final class AsyncCall<C> extends CompletableFuture<Object> {
    /** @param outcome {@code null} for the stage of a fallback */
    private record Running(CompletionStage<?> stage, StageOutcome outcome) {
        /**
         * Calls {@code end} once: when the stage completes, or if it accepts no callback, or when the returned consumer
         * is called. Not every implementation of a stage completes once.
         */
        BiConsumer<Object, Throwable> onEnd(BiConsumer<Object, Throwable> end) {
            AtomicBoolean over = new AtomicBoolean();
            BiConsumer<Object, Throwable> once = (value, thrown) -> {
                if (over.compareAndSet(false, true)) {
                    end.accept(value, thrown);
                }
            };
            try {
                stage.whenComplete(once);
            } catch (Throwable broken) {
                once.accept(null, broken);
            }
            return once;
        }

        void judge(Throwable thrown) {
            if (outcome != null && thrown != null) {
                outcome.accept(null, thrown);
            } else if (outcome != null) {
                // a value that the caller has set says nothing of the service
                outcome.ignore();
            }
        }

        void end(Throwable thrown, boolean interrupts) {
            try {
                if (thrown != null
                        && !(thrown instanceof CancellationException)
                        && stage instanceof CompletableFuture<?> future) {
                    future.completeExceptionally(thrown);
                } else if (stage instanceof Future<?> future) {
                    future.cancel(interrupts);
                }
            } catch (UnsupportedOperationException readOnly) {
                // a stage that cannot be completed from outside goes on; its outcome is ignored
            }
        }
    }

    private final GuardPipeline<C> pipeline;
    private final Invocation<? super C, ?> invocation;
    private final C context;
    // not volatile: attempts run one after the other, each started by the end of the previous one
    private long started;
    private int attempt = 1;
    private ArgumentKey key;
    private Throwable previous;
    private Executor callerContext = Runnable::run;
    private volatile Running running;
    private volatile boolean interrupts = true;

    AsyncCall(GuardPipeline<C> pipeline, Invocation<? super C, ?> invocation, C context) {
        this.pipeline = pipeline;
        this.invocation = invocation;
        this.context = context;
        if (pipeline.scheduler() != null) {
            callerContext = pipeline.scheduler().currentContext();
        }
    }

    AsyncCall<C> started() {
        key = pipeline.key(context);
        started = pipeline.begin();
        attempt();
        return this;
    }

    /**
     * Continues a call that ran on its caller's thread until an attempt returned a stage. Its value is not kept as a
     * last good one, as it is not what the method returns.
     */
    AsyncCall<C> continued(long since, int attempts, CompletionStage<?> stage, StageOutcome outcome) {
        started = since;
        attempt = attempts;
        run(stage, outcome);
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

    /** The breaker counts first, then this stage ends, so that no further attempt begins, and then the attempt. */
    private boolean ended(Throwable thrown, BooleanSupplier end) {
        Running judged = running;
        if (judged != null && !isDone()) {
            judged.judge(thrown);
        }
        boolean ended = end.getAsBoolean();
        Running last = running;
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
            outcome = pipeline.admit();
            result = pipeline.run(outcome, invocation, context);
            if (!(result instanceof CompletionStage)) {
                outcome.returned(result);
            }
        } catch (Throwable thrown) {
            try {
                if (pipeline.mayReplace(thrown)) {
                    pipeline.undo(thrown);
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
        Running now = new Running(stage, outcome);
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
        if (pipeline.hasLimit()) {
            outcome.onExceeded(() -> {
                try {
                    end.accept(null, outcome.exceeded());
                } finally {
                    now.end(null, true);
                }
            });
        }
    }

    private void runs(Running now) {
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
            pipeline.attachPrevious(thrown, previous);
            previous = thrown;
            long wait = pipeline.waitNanos(value, thrown, attempt, started);
            if (wait == Retry.NO) {
                ended(value, thrown);
            } else {
                new Next(value, thrown).schedule(wait);
            }
        } catch (Throwable another) {
            fail(another, thrown);
        }
    }

    private void fail(Throwable another, Throwable thrown) {
        if (thrown != null) {
            Suppressed.add(another, thrown);
        }
        super.completeExceptionally(another);
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
            handOver(() -> pipeline.scheduler()
                    .delayed(wait)
                    .execute(() -> handOver(() -> callerContext.execute(this::begin))));
        }

        private void begin() {
            if (!claimed.compareAndSet(false, true)) {
                return;
            }
            if (isDone()) {
                pipeline.retry().withdraws();
            } else if (pipeline.retry().repeats(started)) {
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
                    pipeline.retry().withdraws();
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
            pipeline.succeeded(key, value);
            super.complete(value);
            return;
        }
        if (!pipeline.mayReplace(thrown)) {
            super.completeExceptionally(thrown);
            return;
        }
        Object lastGood = pipeline.lastGood(key);
        if (lastGood != Recovery.NOTHING) {
            super.complete(lastGood);
            return;
        }
        Object substitute = pipeline.recover(context, thrown, attempt);
        if (substitute == Recovery.NOTHING) {
            super.completeExceptionally(thrown);
        } else if (substitute instanceof CompletionStage<?> stage) {
            Running now = new Running(stage, null);
            runs(now);
            now.onEnd((result, another) -> recovered(result, cause(another), thrown));
        } else {
            pipeline.recovered(thrown, null);
            super.complete(substitute);
        }
    }

    private void recovered(Object substitute, Throwable another, Throwable thrown) {
        pipeline.recovered(thrown, another);
        if (another == null) {
            super.complete(substitute);
        } else {
            super.completeExceptionally(another);
        }
    }
}
