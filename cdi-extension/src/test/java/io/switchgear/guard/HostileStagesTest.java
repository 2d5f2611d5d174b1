// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.Setting;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Stages of the application's own classes, which do with callbacks what they want. */
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a future is looked at
class HostileStagesTest extends CallsThatGiveBack {
    /** A stage that does with its callback what the test says; all else is refused. */
    @SuppressWarnings("unchecked")
    private static CompletionStage<Object> stage(CheckedConsumer whenComplete) {
        return (CompletionStage<Object>) Proxy.newProxyInstance(
                HostileStagesTest.class.getClassLoader(),
                new Class<?>[] {CompletionStage.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("whenComplete")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    whenComplete.accept((BiConsumer<Object, Throwable>) arguments[0]);
                    return proxy;
                });
    }

    private interface CheckedConsumer {
        void accept(BiConsumer<Object, Throwable> callback) throws Throwable;
    }

    @Test
    void aStageThatRefusesItsCallbackIsAFailure() throws Exception {
        IllegalStateException refused = new IllegalStateException("no callbacks");
        CompletionStage<Object> stage = stage(callback -> {
            throw refused;
        });
        CompletableFuture<?> result = call(stage, null, delay);
        delay.next();
        delay.next();
        assertThat(failureOf(result)).hasCause(refused);
        assertThat(breaker.snapshot().failures()).isEqualTo(3);
        Object continued = pipeline(Object.class, null, delay).call(call -> stage, "call");
        assertThat((CompletableFuture<?>) continued).isNotDone();
        ((CompletableFuture<?>) continued).cancel(true);
        // its wait ends, and the budget gets back what it has paid
        delay.next();
    }

    @Test
    void aStageThatCompletesTwiceEndsOneAttempt() throws Exception {
        CompletableFuture<?> result = call(
                stage(callback -> {
                    callback.accept(null, down);
                    callback.accept(null, down);
                    callback.accept("late", null);
                    throw new IllegalStateException("and then it throws");
                }),
                null,
                delay);
        assertThat(delay.waiting).hasSize(1);
        delay.next();
        delay.next();
        assertThat(delay.waiting).isEmpty();
        assertThat(failureOf(result)).hasCause(down);
    }

    @Test
    void aStageThatNeverCompletesIsEndedByItsCaller() throws Exception {
        CompletableFuture<?> result = call(stage(callback -> {}), null, delay);
        assertThat(breaker.snapshot().callsInFlight()).isEqualTo(1);
        result.cancel(true);
    }

    @Test
    void theStageOfAFallbackIsCountedOnceHoweverItEnds() throws Exception {
        Fallback<String> twice = fallback((call, failure, attempts) -> stage(callback -> {
            callback.accept("plan B", null);
            callback.accept("plan B", null);
        }));
        CompletionStage<Object> rejected = CompletableFuture.failedFuture(new TimeoutException());
        retry.by("test").update(now -> now.with(Map.of(Setting.MAX_ATTEMPTS, 1)));
        assertThat(call(rejected, twice, delay).getNow(null)).isEqualTo("plan B");
        assertThat(twice.snapshot().handled()).isEqualTo(1);
        Fallback<String> refusing = fallback((call, failure, attempts) -> stage(callback -> {
            throw new StackOverflowError();
        }));
        assertThat(failureOf(call(rejected, refusing, delay))).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(refusing.snapshot().failed()).isEqualTo(1);
        invocations--;
    }
}
