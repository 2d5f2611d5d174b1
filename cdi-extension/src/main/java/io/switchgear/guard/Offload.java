// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.breaker.Invocation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs each attempt of a method on another thread, as {@code @Asynchronous} of MicroProfile Fault Tolerance demands.
 * The caller gets the result of the method, a future or a stage, at once and incomplete, and never an exception.
 *
 * @param threads returns what runs the attempts of one call; called on the thread of the caller
 * @param bulkhead limits their number; {@code null} for none
 * @param ofStage whether the method returns a stage, by whose completion an attempt is judged, rather than a future,
 *     which is a value like any other
 */
public record Offload(Supplier<Executor> threads, Bulkhead bulkhead, boolean ofStage) {
    /** Runs a call through the other layers of a method. */
    @FunctionalInterface
    interface Layers<C> {
        Object call(Invocation<C, CompletionStage<Object>> attempt, C context) throws Exception;
    }

    /** Returns what the caller gets for a call through {@code layers}. */
    <C> Object call(Layers<C> layers, Invocation<? super C, ?> invocation, C context) {
        CompletableFuture<?> result;
        try {
            Executor ofCall = threads.get();
            result = (CompletableFuture<?>) layers.call(each -> submitted(invocation, each, ofCall), context);
        } catch (Throwable thrown) {
            result = CompletableFuture.failedFuture(thrown);
        }
        return ofStage ? result : new ReturnedFuture(result);
    }

    private <C> CompletionStage<Object> submitted(Invocation<? super C, ?> invocation, C context, Executor ofCall) {
        Submission<C> submission = new Submission<>(invocation, context, ofStage);
        if (bulkhead != null) {
            return new QueuedSubmission(submission, bulkhead.submit(Submission::onThisThread, submission, ofCall));
        }
        try {
            ofCall.execute(submission);
        } catch (Throwable refused) {
            submission.completeExceptionally(refused);
        }
        return submission;
    }

    /**
     * Returns a recovery whose value a pipeline of this offload passes on as it is. A future that replaces that of the
     * method may be a stage too, but is not judged.
     */
    public <C> Recovery<C> passing(Recovery<C> recovery) {
        return ofStage
                ? recovery
                : (context, failure, attempts) -> {
                    Object value = recovery.recover(context, failure, attempts);
                    CompletionStage<Object> passed = CompletableFuture.completedStage(value);
                    return value == Recovery.NOTHING ? value : passed;
                };
    }
}
