// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.fuzz.RandomInputs;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RehearsalSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reported faults of other modes that judge and do not act; each test names its report. */
class RehearsalLessonsTest {
    private final TestBreaker test = new TestBreaker(s -> s.failureThreshold(5).openMillis(1_000));

    private void rehearse(Map<Setting, Object> changes) {
        test.breaker.rehearse(present -> present.with(changes));
    }

    private RehearsalSnapshot seen() {
        return test.breaker.snapshot().rehearsal();
    }

    /** resilience4j/resilience4j #2173: only the first time that a threshold was exceeded was reported. */
    @Test
    void eachOutageIsCounted() {
        rehearse(Map.of(Setting.FAILURE_THRESHOLD, 2));
        for (int outage = 1; outage <= 3; outage++) {
            test.fail(2);
            assertThat(seen().opened()).isEqualTo(outage);
            test.time.advanceMillis(1_000);
            test.succeed(3);
            assertThat(seen().state()).isEqualTo(CircuitState.CLOSED);
        }
    }

    /** resilience4j/resilience4j #817: of slow calls, the rate of failures was reported. */
    @Test
    void theSentenceIsAboutTheRateThatWasExceeded() {
        rehearse(Map.of(
                Setting.TRIP_ON,
                TripOn.CALL_WINDOW,
                Setting.MINIMUM_CALLS,
                10,
                Setting.SLOW_CALL_MILLIS,
                100,
                Setting.SLOW_CALL_RATE_THRESHOLD_PERCENT,
                50.0));
        for (int i = 0; i < 10; i++) {
            TestBreaker.Call call = test.call();
            test.time.advanceMillis(i % 2 == 0 ? 200 : 1);
            if (i == 1) {
                call.failed();
            } else {
                call.succeeded();
            }
        }
        assertThat(seen().state()).isEqualTo(CircuitState.OPEN);
        assertThat(seen().lastTrip())
                .isEqualTo("1 failure in the last 10 calls (threshold 50.0 %), 5 took over 100 ms (threshold 50.0 %)");
    }

    /** owasp-modsecurity/ModSecurity #255: a limit of the engine itself blocked although it was to detect only. */
    @Test
    void noLimitOfTheRehearsalRejectsOrDelaysACall() {
        rehearse(Map.of(
                Setting.MAX_CONCURRENT_CALLS, 1,
                Setting.MAX_WAITING_CALLS, 10,
                Setting.MAX_WAIT_MILLIS, 60_000));
        List<TestBreaker.Call> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(test.call());
        }
        assertThat(seen().rejected()).isEqualTo(19);
        assertThat(test.breaker.snapshot().waitingCalls()).isZero();
        calls.forEach(TestBreaker.Call::succeeded);
        assertThat(seen().lostSuccesses()).isEqualTo(19);
        assertThat(test.breaker.snapshot().successes()).isEqualTo(20);
    }

    /** iotaledger/iota #12713 and envoyproxy/envoy #43146: what was only to be observed had effects, or was counted. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBreakerDoesAndShowsWhatItWouldWithoutARehearsal(boolean slowCalls) {
        RandomInputs.run(200, random -> RandomInputs.bytes(random, 800), new ModelComparison.Target(slowCalls, true));
    }

    /** iotaledger/iota #12720: what one mode had begun, another one counted. */
    @Test
    void aCallThatBeganInAnotherRehearsalIsNotSeen() {
        rehearse(Map.of(Setting.FAILURE_THRESHOLD, 1));
        TestBreaker.Call earlier = test.call();
        rehearse(Map.of(Setting.FAILURE_THRESHOLD, 1));
        earlier.failed();
        assertThat(seen().opened()).isZero();
        test.breaker.endRehearsal();
        assertThat(test.breaker.snapshot().failures()).isEqualTo(1);
    }

    /** fluxninja/aperture #2135: a controller that acts hides from the rehearsed one what it would have seen. */
    @Test
    void aBreakerThatIsForcedClosedHidesNothing() {
        for (boolean forced : new boolean[] {false, true}) {
            test.breaker.reset();
            test.breaker.automatic();
            if (forced) {
                test.breaker.forceClosed("a rehearsal");
            }
            rehearse(Map.of(Setting.FAILURE_THRESHOLD, 8));
            for (int i = 0; i < 10; i++) {
                try {
                    test.fail();
                } catch (CircuitOpenException rejected) {
                    assertThat(forced).isFalse();
                }
            }
            assertThat(seen().unseenCalls()).isEqualTo(forced ? 0 : 5);
            assertThat(seen().opened()).isEqualTo(forced ? 1 : 0);
        }
    }

    /** CopilotKit/OpenBot #294: an action that failed was counted twice. */
    @Test
    void aCallThatBothRejectAndOneThatFailsCountOnce() {
        rehearse(Map.of(Setting.FAILURE_THRESHOLD, 1));
        test.fail(5);
        assertThat(seen().rejected()).as("four of them were sent all the same").isEqualTo(4);
        assertThat(seen().lostSuccesses()).isZero();
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        assertThat(seen().rejected()).isEqualTo(5);
        assertThat(seen().breakerRejected()).isEqualTo(1);
        assertThat(seen().unseenCalls()).isZero();
    }

    /** tinyhumansai/opencompany #1076: a dry run accepted what the real run refused. */
    @Test
    void whatIsRehearsedIsWhatIsAppliedAndWhatIsRefusedIsRefusedByBoth() {
        for (Setting setting : Setting.values()) {
            for (Object value : new Object[] {"-1", "0", "7", "1e9", "NaN", "CALL_WINDOW", "ON", "true", "", "x"}) {
                Map<Setting, Object> changes = Map.of(setting, value);
                assertThat(outcome(() -> test.breaker.rehearse(present -> present.with(changes))))
                        .as("%s=%s", setting, value)
                        .isEqualTo(outcome(
                                () -> new TestBreaker(s -> s.failureThreshold(5).openMillis(1_000))
                                        .breaker.update(present -> present.with(changes))));
            }
        }
    }

    private static Object outcome(Supplier<BreakerSettings> change) {
        try {
            return change.get();
        } catch (InvalidSettingsException refused) {
            return refused.getMessage();
        }
    }

    /** github/scientist #91: what compares the two broke the call that it only was to watch. */
    @Test
    void aFunctionThatFailsLaterDoesNotRefuseAChange() {
        AtomicInteger calls = new AtomicInteger();
        test.breaker.rehearse(present -> {
            if (calls.getAndIncrement() > 0) {
                throw new IllegalStateException("spent");
            }
            return present.toBuilder().failureThreshold(2).build();
        });
        test.tune(s -> s.openMillis(7_000));
        assertThat(test.breaker.settings().openMillis()).isEqualTo(7_000);
        assertThat(seen().settings().failureThreshold()).isEqualTo(2);
        assertThatThrownBy(test.breaker::applyRehearsal).hasMessage("spent");
        assertThat(seen()).isNotNull();
    }
}
