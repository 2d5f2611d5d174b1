package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.message.RecordedLog;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class LimitsTest {
    @Test
    void noMoreCallsRunAtOnceThanAllowed() {
        TestBreaker test = new TestBreaker(s -> s.maxConcurrentCalls(2));
        TestBreaker.Call first = test.call();
        TestBreaker.Call second = test.call();
        assertThatThrownBy(test::call)
                .isInstanceOf(CircuitOpenException.class)
                .hasMessage("test is CLOSED and as many calls as allowed are in flight");
        assertThat(test.breaker.snapshot().rejected()).isEqualTo(1);
        first.succeeded();
        test.fail();
        second.ignored();
        test.call();
        test.call();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void callsThatHangDoNotKeepTheBreakerFromTrying() {
        TestBreaker test = new TestBreaker(s ->
                s.maxConcurrentCalls(1).halfOpenMaxCalls(1).successThreshold(2).failureThreshold(1));
        test.call();
        test.untilHalfOpen();
        test.call();
        assertThatThrownBy(test::call)
                .isInstanceOf(CircuitOpenException.class)
                .hasMessage("test is HALF_OPEN and its trials are taken");
        test.time.advanceMillis(60_000);
        test.succeed();
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void forcedClosedAdmitsEveryCallAndCountsThem() {
        TestBreaker test = new TestBreaker(s -> s.maxConcurrentCalls(1));
        test.breaker.forceClosed("");
        TestBreaker.Call first = test.call();
        TestBreaker.Call second = test.call();
        test.breaker.automatic();
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        first.succeeded();
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        second.succeeded();
        test.call();
    }

    @Test
    void switchedOnLiveItCountsTheCallsAdmittedFromThenOn() {
        TestBreaker test = new TestBreaker(s -> s);
        TestBreaker.Call before = test.call();
        test.tune(s -> s.maxConcurrentCalls(1));
        TestBreaker.Call counted = test.call();
        before.succeeded();
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        counted.succeeded();
        TestBreaker.Call third = test.call();
        test.tune(s -> s.maxConcurrentCalls(0));
        test.call();
        third.succeeded();
        test.tune(s -> s.maxConcurrentCalls(1));
        test.call();
    }

    @Test
    void eachFurtherOpeningWaitsLongerUpToTheMaximum() {
        TestBreaker test = new TestBreaker(s -> s.failureThreshold(1)
                .openMillis(1_000)
                .openBackoffFactor(2)
                .openMaxMillis(5_000)
                .successThreshold(1));
        test.fail();
        for (long wait : new long[] {1_000, 2_000, 4_000, 5_000, 5_000}) {
            assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(wait);
            test.time.advanceMillis(wait);
            test.fail();
        }
        test.time.advanceMillis(5_000);
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        test.fail();
        assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(1_000);
    }

    @Test
    void backoffNeverOverflows() {
        TestBreaker test = new TestBreaker(s -> s.failureThreshold(1)
                .openMillis(604_800_000)
                .openBackoffFactor(10)
                .openMaxMillis(604_800_000));
        test.fail();
        for (int i = 0; i < 1_000; i++) {
            test.time.advanceMillis(604_800_000);
            test.fail();
        }
        assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(604_800_000);
    }

    @Test
    void jitterShortensTheWaitByARandomPart() {
        TestBreaker test =
                new TestBreaker(s -> s.failureThreshold(1).openMillis(1_000).openJitterPercent(30));
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (int i = 0; i < 1_000; i++) {
            test.fail();
            long wait = test.breaker.snapshot().openRemainingMillis();
            assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(wait);
            shortest = Math.min(shortest, wait);
            longest = Math.max(longest, wait);
            test.breaker.reset();
        }
        assertThat(shortest).isBetween(700L, 800L);
        assertThat(longest).isBetween(900L, 1_000L);
    }

    @Test
    void aResultCanBeAFailure() throws Exception {
        Predicate<Object> serverError = result -> (Integer) result >= 500;
        TestBreaker test = new TestBreaker(
                s -> s.failureThreshold(1), new FailureRule(List.of(Throwable.class), List.of(), serverError));
        assertThat(test.breaker.<Integer>call(() -> 200)).isEqualTo(200);
        assertThat(test.breaker.<Integer>call(() -> 503)).isEqualTo(503);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().failures()).isEqualTo(1);
        assertThat(test.breaker.snapshot().successes()).isEqualTo(1);
    }

    @Test
    void theLastFailureIsTheLastOneAlsoWhenItIsLikeTheOneBefore() {
        TestBreaker test =
                new TestBreaker(s -> s, new FailureRule(List.of(Throwable.class), List.of(), "refused"::equals));
        test.fail();
        test.time.advanceMillis(1_000);
        test.call().returned("refused");
        assertThat(test.breaker.snapshot().lastFailure()).startsWith("result refused by ");
        test.time.advanceMillis(1_000);
        test.call().returned("refused");
        assertThat(test.breaker.snapshot().lastFailure()).startsWith("result refused by ");
        assertThat(test.breaker.snapshot().lastFailureTime()).isEqualTo(test.time.instant());
    }

    @Test
    void anExceptionOfAPredicateIsLogged() throws Exception {
        Predicate<Object> broken = result -> {
            throw new IllegalStateException("predicate");
        };
        TestBreaker test = new TestBreaker(
                s -> s.halfOpenMaxCalls(1), new FailureRule(List.of(Throwable.class), List.of(), broken));
        test.untilHalfOpen();
        try (RecordedLog log = new RecordedLog()) {
            for (int i = 0; i < 3; i++) {
                assertThat(test.breaker.<String>call(() -> "result")).isEqualTo("result");
            }
            assertThat(log.lines()).hasSize(3).allMatch(line -> line.contains("SGR0014: test: "));
        }
        assertThat(test.breaker.snapshot().ignored()).isEqualTo(3);
        assertThat(test.breaker.snapshot().trialsInFlight()).isZero();
    }

    @Test
    void forcedOpenForAWhileGoesOnWithTrialsByItself() {
        TestBreaker test = new TestBreaker(s -> s.successThreshold(1));
        test.breaker.setMode(BreakerMode.FORCED_OPEN, Duration.ofMinutes(30), "maintenance");
        assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(1_800_000);
        assertThat(test.breaker.snapshot().modeUntil())
                .isEqualTo(test.time.instant().plus(Duration.ofMinutes(30)));
        test.time.advanceMillis(1_799_999);
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        test.time.advanceMillis(1);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(test.breaker.snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
        assertThat(test.breaker.snapshot().modeReason()).isEmpty();
        assertThat(test.breaker.snapshot().modeUntil()).isNull();
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.transitions)
                .extracting(CircuitTransition::why)
                .endsWith("it is no longer forced open", "a trial succeeded");
        assertThat(test.transitions)
                .last()
                .satisfies(last -> assertThat(last.mode()).isEqualTo(BreakerMode.AUTOMATIC));
    }

    @Test
    void forcedClosedForAWhileOpensAgainAfterIt() {
        TestBreaker test = new TestBreaker(s -> s.failureThreshold(2));
        test.breaker.setMode(BreakerMode.FORCED_CLOSED, Duration.ofMinutes(1), "");
        test.fail(5);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        test.time.advanceMillis(60_000);
        assertThat(test.breaker.snapshot().mode()).isEqualTo(BreakerMode.AUTOMATIC);
        test.fail();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void observingForAWhileRejectsAfterIt() {
        TestBreaker test = new TestBreaker(s -> s.failureThreshold(1).openMillis(604_800_000));
        test.breaker.setMode(BreakerMode.OBSERVING, Duration.ofMinutes(1), "");
        test.fail();
        test.succeed(3);
        assertThat(test.breaker.snapshot().observedRejected()).isEqualTo(3);
        assertThat(test.breaker.snapshot().observedOpened()).isEqualTo(1);
        assertThat(test.breaker.snapshot().opened()).isZero();
        test.time.advanceMillis(60_000);
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        assertThat(test.transitions).last().satisfies(last -> {
            assertThat(last.mode()).isEqualTo(BreakerMode.AUTOMATIC);
            assertThat(last.why()).isEqualTo("the mode OBSERVING has ended");
        });
    }

    @Test
    void openingsInARowAreForgottenWhenItCloses() {
        TestBreaker test = new TestBreaker(s ->
                s.failureThreshold(1).openMillis(1_000).openBackoffFactor(2).successThreshold(1));
        test.fail();
        for (int i = 0; i < 5; i++) {
            test.breaker.halfOpenNow();
            test.fail();
        }
        test.breaker.halfOpenNow();
        test.succeed();
        test.untilHalfOpen();
        test.fail();
        assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(2_000);
    }

    @Test
    void anEndThatMakesNoSenseIsRefused() {
        TestBreaker test = new TestBreaker(s -> s);
        for (Duration time : List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofDays(366))) {
            assertThatThrownBy(() -> test.breaker.setMode(BreakerMode.FORCED_OPEN, time, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("time must be > 0 and <= PT8760H but was " + time);
        }
        assertThatThrownBy(() -> test.breaker.setMode(BreakerMode.AUTOMATIC, Duration.ofDays(1), ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(test.transitions).isEmpty();
    }

    @Test
    void halfOpenNowEndsATimeInOpenEarlyAndDoesNothingElse() {
        TestBreaker test = new TestBreaker(s -> s.failureThreshold(1).successThreshold(1));
        assertThat(test.breaker.halfOpenNow()).isFalse();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        test.fail();
        assertThat(test.breaker.halfOpenNow()).isTrue();
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        test.succeed();
        test.breaker.forceOpen("");
        test.breaker.halfOpenNow();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aModeMayLastAWholeYear() {
        TestBreaker test = new TestBreaker(s -> s);
        test.breaker.setMode(BreakerMode.FORCED_OPEN, Duration.ofDays(365), "");
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }
}
