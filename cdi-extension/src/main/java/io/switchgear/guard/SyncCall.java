// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.breaker.Invocation;
import io.switchgear.breaker.StageOutcome;
import java.util.concurrent.CompletionStage;

/** A call whose attempts run on the thread of its caller, until one of them returns a stage. */
final class SyncCall<C> implements Invocation<C, Object> {
    private final CallSteps<C> steps;
    private final Invocation<? super C, ?> invocation;
    private final C context;
    private final ArgumentKey key;
    private final long started;

    SyncCall(CallSteps<C> steps, Invocation<? super C, ?> invocation, C context) {
        this.steps = steps;
        this.invocation = invocation;
        this.context = context;
        this.key = steps.key(context);
        this.started = steps.begin();
    }

    /** Runs the call; returns its result. */
    Object result() throws Exception {
        Throwable previous = null;
        for (int attempt = 1; true; attempt++) {
            Object value = null;
            Throwable thrown = null;
            try {
                if (steps.kind() == ResultKind.PLAIN) {
                    value = RunningAttempt.run(steps.retry(), this, context);
                } else {
                    StageOutcome outcome = steps.admit();
                    value = steps.run(outcome, invocation, context);
                    if (value instanceof CompletionStage<?> stage) {
                        CompletionStage<Object> continued =
                                new AsyncCall<>(steps, invocation, context).continued(started, attempt, stage, outcome);
                        return continued;
                    }
                    outcome.returned(value);
                }
            } catch (Throwable failure) {
                thrown = failure;
            }
            steps.attachPrevious(thrown, previous);
            previous = thrown;
            long wait = steps.mayRepeat(thrown) ? steps.waitNanos(value, thrown, attempt, started) : Retry.NO;
            if (wait == Retry.NO) {
                return outcome(value, thrown, attempt);
            }
            try {
                steps.scheduler().pause(wait);
            } catch (Throwable stopped) {
                steps.retry().withdraws();
                if (stopped instanceof InterruptedException) {
                    // an interrupted caller should return, not wait for another attempt
                    Thread.currentThread().interrupt();
                }
                if (thrown == null) {
                    return value;
                }
                Suppressed.add(thrown, stopped);
                throw SyncCall.<RuntimeException>unchanged(thrown);
            }
            if (!steps.retry().repeats(started)) {
                return outcome(value, thrown, attempt);
            }
        }
    }

    /** Runs an attempt that is judged on return. */
    @Override
    public Object proceed(C attempted) throws Exception {
        return steps.guarded(invocation, attempted);
    }

    private Object outcome(Object value, Throwable thrown, int attempts) throws Exception {
        if (thrown == null) {
            steps.succeeded(key, value);
            return value;
        }
        // once, as its settings may change meanwhile: what is replaced must be undone
        boolean replaced = steps.mayReplace(thrown);
        Object substitute = Recovery.NOTHING;
        try {
            substitute = replaced ? substitute(thrown, attempts) : Recovery.NOTHING;
        } finally {
            if (replaced) {
                // after the fallback, which could read nothing in a transaction that is marked for rollback
                steps.undo(thrown);
            }
        }
        if (substitute == Recovery.NOTHING) {
            throw SyncCall.<RuntimeException>unchanged(thrown);
        }
        return substitute;
    }

    private Object substitute(Throwable thrown, int attempts) throws Exception {
        Object substitute = steps.lastGood(key);
        if (substitute == Recovery.NOTHING) {
            substitute = steps.recover(context, thrown, attempts);
            if (substitute != Recovery.NOTHING) {
                steps.recovered(thrown, null);
            }
        }
        return substitute;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // hides a checked exception from the compiler
    private static <X extends Throwable> X unchanged(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
