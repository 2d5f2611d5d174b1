// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.CircuitOpenException;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Invocation;
import io.switchgear.breaker.Permit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Runs the calls of one method through its layers, {@code fallback(retry(breaker(limit(bulkhead(call)))))}, as its
 * return type requires; each layer is optional. Every attempt is one outcome for the breaker.
 *
 * @param <C> the context of a call, such as an interceptor's context
 */
public final class GuardPipeline<C> {
    private final GuardLayers<? super C> layers;
    private final ResultKind kind;
    private final CallSteps<C> steps;
    // null if there is another layer, or if a result may be judged later than on return
    private final Breaker breakerAlone;
    private final Bulkhead bulkhead;
    private final Offload offload;
    // that of the calls within an attempt of the same retry, without the retry; null if there is none
    private final GuardPipeline<C> withinAttempt;

    /** @param returnType the return type of the method */
    public GuardPipeline(Class<?> returnType, GuardLayers<? super C> layers) {
        this(ResultKind.of(returnType), layers, layers.retry());
    }

    private GuardPipeline(ResultKind kind, GuardLayers<? super C> layers, Retry retry) {
        this.layers = layers;
        this.kind = kind;
        this.bulkhead = layers.bulkhead();
        this.offload = layers.offload();
        this.steps = new CallSteps<>(kind, layers, retry);
        boolean alone = kind == ResultKind.PLAIN && steps.isCalledOnce() && layers.limit() == null && bulkhead == null;
        this.breakerAlone = alone ? layers.breaker() : null;
        this.withinAttempt = retry == null ? null : new GuardPipeline<>(kind, layers, null);
    }

    /** Returns whether there is a breaker. */
    public boolean hasBreaker() {
        return layers.breaker() != null;
    }

    /** Returns whether there is a time limit. */
    public boolean hasLimit() {
        return layers.limit() != null;
    }

    /** Returns whether there is a retry. */
    public boolean hasRetry() {
        return layers.retry() != null;
    }

    /**
     * Grants a permit for one call that ends on this thread, for callers that run it themselves. Returns {@code null}
     * if they have to use {@link #call}.
     */
    public Permit acquire() {
        return breakerAlone == null ? null : breakerAlone.enter();
    }

    /**
     * Runs {@code invocation} on {@code context}.
     *
     * @throws CircuitOpenException if the breaker rejects the call, no fallback applies, and the method returns no
     *     stage
     * @throws Exception the exception of the invocation or the fallback, unchanged
     */
    public Object call(Invocation<? super C, ?> invocation, C context) throws Exception {
        return offload == null
                ? guardedCall(invocation, context)
                : offload.call(this::guardedCall, invocation, context);
    }

    private Object guardedCall(Invocation<? super C, ?> invocation, C context) throws Exception {
        if (withinAttempt != null && layers.retry().isRunningHere()) {
            return withinAttempt.guardedCall(invocation, context);
        }
        return bulkhead == null ? layered(invocation, context) : layered(within(invocation), context);
    }

    /** Returns {@code invocation} within the bulkhead, the innermost layer. */
    private Invocation<C, ?> within(Invocation<? super C, ?> invocation) {
        if (kind != ResultKind.STAGE) {
            return context -> bulkhead.run(invocation, context);
        }
        // with the container's context of the caller, if it begins later on another thread
        return context -> {
            Executor callerContext = layers.scheduler().currentContext();
            return bulkhead.runAsync(
                    invocation,
                    context,
                    task -> layers.scheduler().threads().execute(() -> callerContext.execute(task)));
        };
    }

    private Object layered(Invocation<? super C, ?> invocation, C context) throws Exception {
        if (kind != ResultKind.STAGE) {
            return steps.isCalledOnce()
                    ? steps.guarded(invocation, context)
                    : new SyncCall<>(steps, invocation, context).result();
        }
        if (steps.isCalledOnce()) {
            return stage(invocation, context);
        }
        CompletionStage<Object> result = new AsyncCall<>(steps, invocation, context).started();
        return result;
    }

    private Object stage(Invocation<? super C, ?> invocation, C context) throws Exception {
        try {
            return steps.guarded(invocation, context);
        } catch (CircuitOpenException rejected) {
            CompletionStage<Object> failed = CompletableFuture.failedFuture(rejected);
            return failed;
        }
    }
}
