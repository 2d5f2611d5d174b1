// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.Bulkheads;
import io.switchgear.CircuitBreaker;
import io.switchgear.FailedCall;
import io.switchgear.FallbackHandler;
import io.switchgear.Fallbacks;
import io.switchgear.Guard;
import io.switchgear.Retries;
import io.switchgear.TimeLimits;
import io.switchgear.breaker.Breaker;
import io.switchgear.guard.Bulkhead;
import io.switchgear.guard.Fallback;
import io.switchgear.guard.GuardLayers;
import io.switchgear.guard.GuardPipeline;
import io.switchgear.guard.LastGoodValues;
import io.switchgear.guard.Recovery;
import io.switchgear.guard.Retry;
import io.switchgear.guard.TimeLimit;
import io.switchgear.guard.TransactionRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TimeLimitSettings;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A guard built in code. */
final class ProgrammaticGuard<T> implements Guard<T> {
    /** @param key empty for calls without one */
    private record Call<A>(A action, List<Object> key) {
        Call {
            Objects.requireNonNull(action, "action");
        }
    }

    private final Registry registry;
    private final String name;
    private final Breaker breaker;
    private final TimeLimit limit;
    private final Bulkhead bulkhead;
    private final Retry retry;
    private final Fallback<Call<?>> fallback;
    private final GuardPipeline<Call<Callable<? extends T>>> plain;
    private final GuardPipeline<Call<Supplier<? extends CompletionStage<T>>>> stages;

    /** Creates a guard from checked definitions; {@code null} for absent layers. */
    ProgrammaticGuard(
            Registry registry,
            TransactionRule transaction,
            String name,
            Definition<BreakerSettings> breaker,
            Definition<TimeLimitSettings> limit,
            Definition<BulkheadSettings> bulkhead,
            Definition<RetrySettings> retry,
            Definition<FallbackSettings> fallback,
            FallbackHandler<? extends T> handler,
            boolean lastGood) {
        this.registry = registry;
        this.name = name;
        this.breaker = breaker == null ? null : registry.breaker(breaker, this);
        this.limit = limit == null ? null : registry.timeLimit(limit, this);
        this.bulkhead = bulkhead == null ? null : bulkhead(bulkhead);
        this.retry = retry == null ? null : registry.retry(retry, this);
        this.fallback = fallback == null ? null : fallback(fallback, handler, lastGood);
        GuardLayers<Call<?>> layers = GuardLayers.on(registry.time().scheduler())
                .with(this.breaker)
                .with(this.limit)
                .with(this.bulkhead)
                .with(this.retry)
                .with(this.fallback)
                .with(transaction);
        plain = new GuardPipeline<>(Object.class, layers);
        stages = new GuardPipeline<>(CompletionStage.class, layers);
    }

    private Bulkhead bulkhead(Definition<BulkheadSettings> definition) {
        Bulkhead created = new Bulkhead(name, definition.settings(), registry.time());
        registry.add(created, definition, List::of);
        return created;
    }

    private Fallback<Call<?>> fallback(
            Definition<FallbackSettings> definition, FallbackHandler<? extends T> handler, boolean lastGood) {
        Recovery<Call<?>> recovery = handler == null
                ? null
                : (call, failure, attempts) ->
                        handler.handle(new FailedCall(name, null, call.key(), failure, attempts));
        Fallback<Call<?>> created = new Fallback<>(
                name,
                definition.settings(),
                definition.rule(),
                description(handler),
                recovery,
                lastGood
                        ? new LastGoodValues(
                                definition.settings(), registry.time().ticker())
                        : null,
                call -> call.key().toArray());
        registry.add(created, definition, List::of);
        return created;
    }

    /** Describes a handler by its class; a lambda by the class that contains it. */
    private static String description(FallbackHandler<?> handler) {
        return handler == null ? "" : "handler " + handler.getClass().getName().replaceFirst("\\$\\$Lambda.*", "");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public T call(Callable<? extends T> action) throws Exception {
        return call(List.of(), action);
    }

    @Override
    public T call(Object key, Callable<? extends T> action) throws Exception {
        return call(Collections.singletonList(key), action);
    }

    @SuppressWarnings("unchecked") // actions and handlers of this guard return no other type
    private T call(List<Object> key, Callable<? extends T> action) throws Exception {
        return (T) plain.call(call -> call.action().call(), new Call<>(action, key));
    }

    @Override
    public CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> action) {
        return callAsync(List.of(), action);
    }

    @Override
    public CompletionStage<T> callAsync(Object key, Supplier<? extends CompletionStage<T>> action) {
        return callAsync(Collections.singletonList(key), action);
    }

    @SuppressWarnings("unchecked") // likewise
    private CompletionStage<T> callAsync(List<Object> key, Supplier<? extends CompletionStage<T>> action) {
        Call<Supplier<? extends CompletionStage<T>>> staged = new Call<>(action, key);
        try {
            CompletionStage<T> stage =
                    (CompletionStage<T>) stages.call(call -> call.action().get(), staged);
            return stage == null ? CompletableFuture.completedStage(null) : stage;
        } catch (Throwable thrown) {
            return CompletableFuture.failedStage(thrown);
        }
    }

    @Override
    public Optional<CircuitBreaker> breaker() {
        return Optional.ofNullable(breaker);
    }

    @Override
    public Optional<Retries> retries() {
        return Optional.ofNullable(retry);
    }

    @Override
    public Optional<TimeLimits> timeLimits() {
        return Optional.ofNullable(limit);
    }

    @Override
    public Optional<Bulkheads> bulkheads() {
        return Optional.ofNullable(bulkhead);
    }

    @Override
    public Optional<Fallbacks> fallbacks() {
        return Optional.ofNullable(fallback);
    }

    @Override
    public void close() {
        registry.release(name, this);
        if (bulkhead != null) {
            registry.remove(bulkhead);
        }
        if (fallback != null) {
            registry.remove(fallback);
        }
    }

    @Override
    public String toString() {
        return "the guard \"" + name + "\"";
    }
}
