// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.PriorCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a breaker says about the calls before the failures in a row that opened it. */
class PriorCallsTest {
    private final TestBreaker test =
            new TestBreaker(s -> s.failureThreshold(3).openMillis(1_000).successThreshold(1));

    private void trip() {
        test.fail(3);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    private void close() {
        test.time.advanceMillis(1_000);
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    private CircuitTransition last() {
        return test.transitions.get(test.transitions.size() - 1);
    }

    private void says(String prior) {
        assertThat(last().why())
                .isEqualTo("3 consecutive failures (threshold 3)" + prior + ", the last with java.io.IOException")
                .isEqualTo(test.breaker.snapshot().lastTrip());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1 call that succeeded",
        "4, 0, 4 calls that all succeeded",
        "4, 1, 5 calls of which 80 % succeeded",
        "3120, 780, '3,900 calls of which 80 % succeeded'",
        "9999, 1, '10,000 calls of which more than 99.9 % succeeded'"
    })
    void theShareOfTheCallsThatSucceededIsInTheSentence(int good, int bad, String prior) {
        for (int i = 0; i < bad; i++) {
            test.fail();
            test.succeed(good / bad);
        }
        test.succeed(bad == 0 ? good : good % bad);
        trip();
        says(", after " + prior);
        assertThat(last().priorCalls()).isEqualTo(new PriorCalls(good + bad, good));
    }

    @Test
    void nothingIsSaidIfNoCallCameBefore() {
        trip();
        says("");
        assertThat(last().priorCalls()).isNull();
    }

    @Test
    void onlyTheCallsSinceTheLastClosingCount() {
        test.succeed(50);
        trip();
        close();
        test.succeed();
        trip();
        says(", after 1 call that succeeded");
        close();
        trip();
        says("");
    }

    @Test
    void aResetBeginsAgain() {
        test.succeed(5);
        test.breaker.reset();
        test.succeed(2);
        trip();
        says(", after 2 calls that all succeeded");
    }

    @Test
    void callsInAForcedModeCount() {
        test.breaker.forceOpen("test");
        test.breaker.setMode(BreakerMode.FORCED_CLOSED, null, "test");
        test.fail(7);
        test.succeed(3);
        test.breaker.automatic();
        trip();
        says(", after 10 calls of which 30 % succeeded");
    }

    @Test
    void failuresInARowInAForcedModeAreThoseThatOpen() {
        test.succeed();
        test.breaker.setMode(BreakerMode.FORCED_CLOSED, null, "test");
        test.fail(7);
        test.breaker.automatic();
        test.fail();
        assertThat(last().why())
                .isEqualTo("8 consecutive failures (threshold 3), after 1 call that succeeded, the last with"
                        + " java.io.IOException");
    }

    @Test
    void anObservingBreakerSaysItToo() {
        test.breaker.observe("test");
        test.succeed(2);
        test.fail(3);
        says(", after 2 calls that all succeeded");
        // would be rejected, and pass
        test.succeed(40);
        close();
        test.succeed();
        test.fail(3);
        says(", after 1 call that succeeded");
    }

    @Test
    void anotherPolicyLeavesTheCallsAsTheyWere() {
        test.tune(s -> s.tripOn(TripOn.CALL_WINDOW).windowCalls(1_000).minimumCalls(1_000));
        test.succeed(6);
        test.fail(2);
        test.tune(s -> s.tripOn(TripOn.CONSECUTIVE_FAILURES));
        test.fail();
        says(", after 6 calls that all succeeded");
    }

    @Test
    void otherPoliciesSayTheirRateAlone() {
        test.tune(s -> s.tripOn(TripOn.CALL_WINDOW).windowCalls(4).minimumCalls(4));
        test.succeed(2);
        test.fail(2);
        assertThat(last().why())
                .isEqualTo("2 failures in the last 4 calls (threshold 50.0 %), the last with java.io.IOException");
        assertThat(last().priorCalls()).isNull();
    }

    @Test
    void callsThatPassWhileItIsOffDoNotCount() {
        test.succeed(2);
        test.tune(s -> s.enabled(false));
        test.fail(9);
        test.tune(s -> s.enabled(true));
        test.fail();
        test.succeed(2);
        trip();
        says(", after 5 calls of which 80 % succeeded");
    }

    @Test
    void callsWithoutAnOutcomeDoNotCount() {
        test.call().ignored();
        test.succeed();
        trip();
        says(", after 1 call that succeeded");
    }

    @Test
    void aSlowCallHasNotSucceeded() {
        test.tune(s -> s.slowCallMillis(100));
        TestBreaker.Call slow = test.call();
        test.time.advanceMillis(101);
        slow.succeeded();
        test.succeed(3);
        trip();
        assertThat(last().why())
                .isEqualTo("3 consecutive failures or slow calls (threshold 3), after 4 calls of which 75 % succeeded,"
                        + " the last with java.io.IOException");
    }

    @Test
    void callsThatHangAreNotBeforeThemselves() {
        test.tune(s -> s.slowCallMillis(100));
        test.succeed(4);
        test.fail();
        test.call();
        test.call();
        test.time.advanceMillis(200);
        test.breaker.snapshot();
        assertThat(last().why())
                .isEqualTo("3 consecutive failures or slow calls (2 still running) (threshold 3), after 4 calls that"
                        + " all succeeded");
    }

    @Test
    void aLateOutcomeIsACallThatEndedSinceTheClosing() {
        TestBreaker.Call late = test.call();
        trip();
        close();
        late.failed();
        test.succeed();
        trip();
        says(", after 2 calls of which 50 % succeeded");
    }

    @Test
    void oneFailureIsEnoughWithAThresholdOfOne() {
        test.tune(s -> s.failureThreshold(1));
        test.succeed(9);
        test.fail();
        assertThat(last().why())
                .isEqualTo("1 failure (threshold 1), after 9 calls that all succeeded, the last with"
                        + " java.io.IOException");
    }

    @Test
    void theMessageOfTheFailureFollowsItsClass() {
        test.succeed();
        trip();
        assertThat(last().whyInFull()).endsWith(", the last with java.io.IOException: broken");
    }

    @Test
    void itFollowsItsClassAlsoIfTheBreakerOpensInPart() {
        test.tune(s -> s.tripOn(TripOn.ADAPTIVE).minimumCalls(3));
        test.fail(2);
        test.succeed();
        test.fail(2);
        assertThat(last().whyInFull())
                .isEqualTo("4 failures in the last 5 calls (threshold 50.0 %), so it admits 40 %, the last with"
                        + " java.io.IOException: broken");
    }
}
