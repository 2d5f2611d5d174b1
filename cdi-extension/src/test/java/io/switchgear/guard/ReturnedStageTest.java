// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Invocation;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.time.TestScheduler;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import org.junit.jupiter.api.Test;

/** A method that does not say that it is asynchronous may be: the object that it returns decides. */
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a future is looked at
class ReturnedStageTest {
    private static final RetrySettings STEADY = RetrySettings.defaults().with(Map.of(Setting.JITTER_PERCENT, 0));

    private final TestTime time = new TestTime();
    private final TestScheduler delay = new TestScheduler(time);
    private final List<CompletableFuture<Object>> attempts = new ArrayList<>();
    private final Breaker breaker = breaker(100);
    private final Retry retry = new Retry("orders", STEADY, FailureRule.ANY, time, time, () -> 0);
    private final Fallback<String> fallback = new Fallback<>(
            "orders",
            FallbackSettings.defaults(),
            FailureRule.ANY,
            "test",
            (context, failure, tried) -> failure.getMessage() + " after " + tried);

    private Breaker breaker(int failureThreshold) {
        BreakerSettings settings =
                BreakerSettings.builder().failureThreshold(failureThreshold).build();
        return new Breaker("orders", settings, FailureRule.ANY, time, time, transition -> {});
    }

    private Object stage(String context) {
        CompletableFuture<Object> attempt = new CompletableFuture<>();
        attempts.add(attempt);
        return attempt;
    }

    private Object call(Class<?> declared, Retry retry, Fallback<String> fallback, Invocation<String, ?> action)
            throws Exception {
        return new GuardPipeline<String>(
                        declared,
                        GuardLayers.on(delay).with(breaker).with(retry).with(fallback))
                .call(action, "context");
    }

    @Test
    void aStageBehindObjectIsJudgedWhenItCompletes() throws Exception {
        assertThat(call(Object.class, null, null, this::stage)).isSameAs(attempts.get(0));
        assertThat(breaker.snapshot().callsInFlight()).isEqualTo(1);
        attempts.get(0).completeExceptionally(new IOException());
        assertThat(breaker.snapshot().failures()).isEqualTo(1);
    }

    @Test
    void aFutureIsJudgedWhicheverOfItsTypesIsDeclared() throws Exception {
        FutureTask<String> failed = new FutureTask<>(() -> {
            throw new IOException();
        });
        failed.run();
        call(FutureTask.class, null, null, context -> failed);
        call(RunnableFuture.class, null, null, context -> failed);
        call(Object.class, null, null, context -> failed);
        assertThat(breaker.snapshot().failures()).isEqualTo(3);
    }

    @Test
    void aTypeThatIsNoStageCostsNothing() {
        assertThat(new GuardPipeline<>(String.class, GuardLayers.on(delay).with(breaker)).acquire())
                .isNotNull();
        assertThat(new GuardPipeline<>(List.class, GuardLayers.on(delay).with(breaker)).acquire())
                .isNotNull();
        assertThat(new GuardPipeline<>(Object.class, GuardLayers.on(delay).with(breaker)).acquire())
                .isNull();
    }

    @Test
    void aStageBehindObjectIsRetriedAndReplacedWhenItFails() throws Exception {
        CompletionStage<?> result = (CompletionStage<?>) call(Object.class, retry, fallback, this::stage);
        for (int i = 0; i < 3; i++) {
            assertThat(result.toCompletableFuture()).isNotDone();
            attempts.get(i).completeExceptionally(new IOException("down"));
            if (i < 2) {
                delay.next();
            }
        }
        assertThat(result).isCompletedWithValueMatching("down after 3"::equals);
        assertThat(breaker.snapshot()).returns(3L, s -> s.failures()).returns(1L, s -> s.fallbacks());
    }

    @Test
    void aRetryMayFindAStageWhereTheFirstAttemptThrew() throws Exception {
        Object result = call(Object.class, retry, null, context -> {
            if (delay.pausesMillis.isEmpty()) {
                throw new IOException("down");
            }
            return stage(context);
        });
        attempts.get(0).completeExceptionally(new IOException("down"));
        delay.next();
        attempts.get(1).complete("up");
        assertThat((CompletionStage<?>) result).isCompletedWithValueMatching("up"::equals);
        assertThat(retry.snapshot()).returns(3L, s -> s.attempts()).returns(1L, s -> s.recovered());
    }

    @Test
    void aRetryMayFindAValueWhereTheFirstAttemptReturnedAStage() throws Exception {
        Object result = call(Object.class, retry, null, context -> attempts.isEmpty() ? stage(context) : "at once");
        attempts.get(0).completeExceptionally(new IOException("down"));
        delay.next();
        assertThat((CompletionStage<?>) result).isCompletedWithValueMatching("at once"::equals);
        assertThat(breaker.snapshot()).returns(1L, s -> s.successes()).returns(0L, s -> s.callsInFlight());
    }

    @Test
    void theBreakerCountsBeforeARetryIsDecided() throws Exception {
        GuardPipeline<String> fragile = new GuardPipeline<>(
                CompletionStage.class, GuardLayers.on(delay).with(breaker(1)).with(retry));
        CompletionStage<?> result = (CompletionStage<?>) fragile.call(this::stage, "context");
        attempts.get(0).completeExceptionally(new IOException("down"));
        assertThat(delay.waiting).as("the breaker is open already").isEmpty();
        assertThat(result.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void aFailureThatOpenedTheBreakerCarriesTheRejectionAndTheOtherWayRound() {
        GuardPipeline<String> fragile = new GuardPipeline<>(
                String.class, GuardLayers.on(delay).with(breaker(1)).with(retry));
        assertThatThrownBy(() -> fragile.call(
                        context -> {
                            throw new IOException("down");
                        },
                        "context"))
                .isInstanceOf(IOException.class)
                .satisfies(
                        thrown -> assertThat(thrown.getSuppressed()).hasOnlyElementsOfType(CircuitOpenException.class));
        Breaker closed = breaker(100);
        GuardPipeline<String> opening = new GuardPipeline<>(
                String.class,
                GuardLayers.on(new TestScheduler(time) {
                            @Override
                            public void pause(long nanos) {
                                closed.forceOpen("tonight");
                            }
                        })
                        .with(closed)
                        .with(retry));
        assertThatThrownBy(() -> opening.call(
                        context -> {
                            throw new IOException("down");
                        },
                        "context"))
                .isInstanceOf(CircuitOpenException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasOnlyElementsOfType(IOException.class));
    }
}
