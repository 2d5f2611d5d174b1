// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Invocation;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.status.CircuitState;
import io.switchgear.time.TestScheduler;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the caller does with its stage while an attempt runs is judged as without retries. */
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a future is looked at
class EndedByCallerTest {
    private static final RetrySettings STEADY = RetrySettings.defaults().with(Map.of(Setting.JITTER_PERCENT, 0));

    private final TestTime time = new TestTime();
    private final TestScheduler delay = new TestScheduler(time);
    private final CompletableFuture<Object> attempt = new CompletableFuture<>();
    private final Breaker breaker = new Breaker(
            "orders",
            BreakerSettings.builder().failureThreshold(1).build(),
            FailureRule.ANY,
            time,
            time,
            transition -> {});
    private final Retry retry = new Retry("orders", STEADY, FailureRule.ANY, time, time, () -> 0);

    @SuppressWarnings("unchecked")
    private CompletableFuture<Object> call(Invocation<String, ?> action) throws Exception {
        return (CompletableFuture<Object>) new GuardPipeline<String>(
                        CompletionStage.class,
                        GuardLayers.on(delay).with(breaker).with(retry))
                .call(action, "context");
    }

    @Test
    void aTimeLimitOfTheCallerOpensTheBreaker() throws Exception {
        CompletableFuture<Object> result = call(context -> attempt);
        result.orTimeout(1, TimeUnit.MILLISECONDS);
        Awaitility.await().until(result::isDone);
        assertThat(result).isCompletedExceptionally();
        assertThat(breaker.snapshot())
                .returns(CircuitState.OPEN, s -> s.state())
                .returns(TimeoutException.class.getName(), s -> s.lastFailure())
                .returns(0L, s -> s.callsInFlight());
        assertThat(delay.waiting).as("no further attempt").isEmpty();
        Awaitility.await().until(attempt::isCompletedExceptionally);
        assertThat(attempt).isNotCancelled();
    }

    @Test
    void aTrialThatExceedsTheLimitOfItsCallerOpensTheBreakerAgain() throws Exception {
        breaker.forceOpen("test");
        breaker.automatic();
        call(context -> attempt).completeExceptionally(new TimeoutException());
        assertThat(breaker.snapshot())
                .returns(CircuitState.OPEN, s -> s.state())
                .returns(1L, s -> s.failures())
                .returns(0, s -> s.trialsInFlight());
    }

    @Test
    void aStageThatCannotBeEndedFromOutsideIsJudgedAllTheSame() throws Exception {
        CompletableFuture<Object> result = call(context -> attempt.minimalCompletionStage());
        result.completeExceptionally(new TimeoutException());
        assertThat(breaker.snapshot().state()).isEqualTo(CircuitState.OPEN);
        attempt.complete("late");
        assertThat(breaker.snapshot()).returns(1L, s -> s.calls()).returns(0L, s -> s.callsInFlight());
    }

    @Test
    void theBreakerCountsBeforeTheCallerGetsTheException() throws Exception {
        CompletableFuture<Object> result = call(context -> attempt);
        List<CircuitState> seen = new ArrayList<>();
        result.whenComplete((value, thrown) -> seen.add(breaker.snapshot().state()));
        result.completeExceptionally(new TimeoutException());
        assertThat(seen).containsExactly(CircuitState.OPEN);
    }

    @Test
    void aCancellationIsNeitherAndAValueSetFromOutsideToo() throws Exception {
        assertThat(call(context -> attempt).cancel(true)).isTrue();
        assertThat(attempt).isCancelled();
        CompletableFuture<Object> second = new CompletableFuture<>();
        assertThat(call(context -> second).complete("none")).isTrue();
        assertThat(second).isCancelled();
        assertThat(breaker.snapshot())
                .returns(2L, s -> s.ignored())
                .returns(0L, s -> s.callsInFlight())
                .returns(CircuitState.CLOSED, s -> s.state());
    }

    @Test
    void anEndDuringTheAttemptIsJudgedWhenItsStageIsThere() throws Exception {
        List<CompletableFuture<Object>> late = new ArrayList<>();
        CompletableFuture<Object> result = call(context -> {
            CompletableFuture<Object> stage = new CompletableFuture<>();
            late.add(stage);
            return stage;
        });
        breaker.by("test").update(now -> now.toBuilder().failureThreshold(10).build());
        late.get(0).completeExceptionally(new IOException());
        delay.next();
        late.get(1).completeExceptionally(new IOException());
        result.completeExceptionally(new TimeoutException());
        delay.next();
        assertThat(late).as("ended between two attempts").hasSize(2);
        assertThat(breaker.snapshot()).returns(2L, s -> s.failures()).returns(0L, s -> s.callsInFlight());
    }

    @Test
    void aStageMadeFromThatOfTheCallEndsNothingButItself() throws Exception {
        CompletableFuture<Object> result = call(context -> attempt);
        result.copy().completeExceptionally(new TimeoutException());
        result.thenApply(Object::toString).cancel(true);
        assertThat(result).isNotDone();
        assertThat(breaker.snapshot().callsInFlight()).isEqualTo(1);
        attempt.complete("fine");
        assertThat(result).isCompletedWithValue("fine");
        assertThat(breaker.snapshot().successes()).isEqualTo(1);
    }

    @Test
    void anEndAfterTheCallChangesNothing() throws Exception {
        CompletableFuture<Object> result = call(context -> attempt);
        attempt.complete("fine");
        assertThat(result.completeExceptionally(new TimeoutException())).isFalse();
        assertThat(result.complete("other")).isFalse();
        assertThat(breaker.snapshot()).returns(1L, s -> s.successes()).returns(0L, s -> s.failures());
    }
}
