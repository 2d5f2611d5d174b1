package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.Mode;
import io.switchgear.Settings;
import io.switchgear.State;
import io.switchgear.TripOn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What mutation tests showed to be looked at by no other test. */
class GapsTest {
    private final TestBreaker test = new TestBreaker(s -> s);

    @Test
    void answersItsRuleAndTheSettingsInForceAfterAChange() {
        assertThat(test.breaker.failureRule()).isSameAs(FailureRule.ANY);
        Settings wanted = Settings.builder().failureThreshold(9).build();
        assertThat(test.breaker.update(now -> wanted)).isEqualTo(wanted);
        assertThat(test.breaker.update(now -> now)).isEqualTo(wanted);
    }

    @Test
    void aRunnableThatReturnsIsASuccess() {
        test.breaker.run(() -> {});
        assertThat(test.breaker.snapshot().successes()).isEqualTo(1);
        assertThat(test.breaker.snapshot().callsInFlight()).isZero();
    }

    @Test
    void aModeMayLastAWholeYear() {
        test.breaker.control(Mode.FORCED_OPEN, Duration.ofDays(365), "");
        assertThat(test.state()).isEqualTo(State.OPEN);
    }

    @Test
    void anotherLengthOfTheTimeWindowKeepsEachKindOfOutcome() {
        test.tune(s -> s.tripOn(TripOn.TIME_WINDOW).slowCallMillis(100).minimumCalls(100));
        TestBreaker.Call slowFailure = test.call();
        TestBreaker.Call slowSuccess = test.call();
        test.time.advanceMillis(101);
        slowFailure.failed();
        slowSuccess.succeeded();
        test.fail();
        test.succeed();
        test.time.advanceMillis(2_000);
        test.tune(s -> s.windowMillis(1_000));
        assertThat(test.breaker.snapshot().windowOutcomes()).isZero();
        assertThat(test.breaker.snapshot().windowFailures()).isZero();
        assertThat(test.breaker.snapshot().windowSlow()).isZero();
    }
}
