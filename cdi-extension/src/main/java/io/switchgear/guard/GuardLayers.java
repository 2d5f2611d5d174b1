// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.breaker.Breaker;
import io.switchgear.time.Scheduler;

/**
 * The layers of a {@link GuardPipeline} and what they use; {@code null} for layers that are absent.
 *
 * @param <C> the context that the fallback needs
 * @param scheduler used only with a retry, a bulkhead or a fallback
 * @param transaction used only for calls that fail
 * @param offload runs each attempt on another thread; {@code null} if attempts run on the thread of the caller
 */
public record GuardLayers<C>(
        Breaker breaker,
        TimeLimit limit,
        Bulkhead bulkhead,
        Retry retry,
        Fallback<C> fallback,
        Scheduler scheduler,
        TransactionRule transaction,
        Offload offload) {

    /** Returns no layers, without transactions. The methods below add to them. */
    public static GuardLayers<Object> on(Scheduler scheduler) {
        return new GuardLayers<>(null, null, null, null, null, scheduler, TransactionRule.NONE, null);
    }

    /** Returns these layers with a breaker. */
    public GuardLayers<C> with(Breaker added) {
        return new GuardLayers<>(added, limit, bulkhead, retry, fallback, scheduler, transaction, offload);
    }

    /** Returns these layers with a time limit. */
    public GuardLayers<C> with(TimeLimit added) {
        return new GuardLayers<>(breaker, added, bulkhead, retry, fallback, scheduler, transaction, offload);
    }

    /** Returns these layers with a bulkhead. */
    public GuardLayers<C> with(Bulkhead added) {
        return new GuardLayers<>(breaker, limit, added, retry, fallback, scheduler, transaction, offload);
    }

    /** Returns these layers with a retry. */
    public GuardLayers<C> with(Retry added) {
        return new GuardLayers<>(breaker, limit, bulkhead, added, fallback, scheduler, transaction, offload);
    }

    /** Returns these layers with a fallback. */
    public <D> GuardLayers<D> with(Fallback<D> added) {
        return new GuardLayers<>(breaker, limit, bulkhead, retry, added, scheduler, transaction, offload);
    }

    /** Returns these layers within transactions. */
    public GuardLayers<C> with(TransactionRule added) {
        return new GuardLayers<>(breaker, limit, bulkhead, retry, fallback, scheduler, added, offload);
    }

    /** Returns these layers with attempts on other threads. */
    public GuardLayers<C> with(Offload added) {
        return new GuardLayers<>(breaker, limit, bulkhead, retry, fallback, scheduler, transaction, added);
    }
}
