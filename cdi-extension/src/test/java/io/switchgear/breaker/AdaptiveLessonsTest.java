// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitOpenException;
import io.switchgear.settings.TripOn;
import io.switchgear.status.CircuitState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reported faults of other breakers that adapt, judge rates or come back by degrees; each test names its report. */
class AdaptiveLessonsTest {
    private static final int SECOND = 1_000;

    private final TestBreaker test = new TestBreaker(s -> s.tripOn(TripOn.ADAPTIVE));

    /** Offers calls within a second; returns those that are admitted. */
    private List<TestBreaker.Call> offer(int calls) {
        List<TestBreaker.Call> admitted = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            try {
                admitted.add(test.call());
            } catch (CircuitOpenException rejected) {
                assertThat(rejected.name()).isEqualTo("test");
            }
        }
        return admitted;
    }

    /** Plays seconds of 100 calls each until the breaker is closed; returns how many it took. */
    private int secondsUntilClosed(Consumer<List<TestBreaker.Call>> end) {
        for (int second = 0; second < 120; second++) {
            if (test.state() == CircuitState.CLOSED) {
                return second;
            }
            end.accept(offer(100));
            test.time.advanceMillis(SECOND);
            test.breaker.look();
        }
        throw new AssertionError(
                "not closed after two minutes, " + test.breaker.snapshot().admission());
    }

    private void open() {
        test.fail(20);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    private void halfOpen() {
        open();
        test.time.advanceMillis(2 * SECOND);
        test.succeed(3);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    private static void succeed(List<TestBreaker.Call> calls) {
        calls.forEach(TestBreaker.Call::succeeded);
    }

    /** Shopify/semian #899: what an integral has summed up in an outage kept on rejecting after it. */
    @Test
    void aLongOutageTakesNoLongerToComeBackFromThanAShortOne() {
        open();
        test.time.advanceMillis(2 * SECOND);
        int afterShort = secondsUntilClosed(AdaptiveLessonsTest::succeed);
        open();
        for (int second = 0; second < 3_600; second++) {
            offer(100).forEach(TestBreaker.Call::failed);
            test.time.advanceMillis(SECOND);
        }
        test.time.advanceMillis(2 * SECOND);
        assertThat(secondsUntilClosed(AdaptiveLessonsTest::succeed))
                .isEqualTo(afterShort)
                .isLessThan(10);
    }

    /** zeromicro/go-zero #3837: whether rejected calls count decided how many the next ones were. */
    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 10_000})
    void aFloodOfRejectedCallsDoesNotLowerTheShare(int offered) {
        halfOpen();
        double before = 0;
        for (int second = 0; second < 5; second++) {
            succeed(offer(offered));
            test.time.advanceMillis(SECOND);
            test.breaker.look();
            assertThat(test.breaker.snapshot().admittedPercent()).isGreaterThan(before);
            before = test.breaker.snapshot().admittedPercent();
        }
    }

    /** alibaba/Sentinel #1769: no rate exceeds 100 %, so a breaker with this threshold never opened. */
    @Test
    void aThresholdOfAHundredPercentOpensWhenAllFail() {
        test.tune(s -> s.failureRateThresholdPercent(100));
        test.succeed(50);
        open();
    }

    /** codemartial/smartcb #3: after a time without failures, the first one opened. */
    @Test
    void aMillionGoodCallsMakeNoFailureWorse() {
        test.succeed(1_000_000);
        test.fail(19);
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    /** travis-ci/jupiter-brain #12: after a time without failures, as many had to come before it opened. */
    @Test
    void aMillionGoodCallsMakeNoOutageBetter() {
        test.succeed(1_000_000);
        open();
    }

    /** nodeshift/opossum #217: the first call failed, which is 100 %. */
    @Test
    void theFirstFailureOpensNothing() {
        test.fail();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    /** erpc/erpc #1118: calls without an outcome used up the trials, and the breaker stayed open. */
    @Test
    void callsWithoutAnOutcomeDoNotKeepItFromClosing() {
        halfOpen();
        assertThat(secondsUntilClosed(calls -> {
                    for (int i = 0; i < calls.size(); i++) {
                        if (i % 5 == 0) {
                            calls.get(i).succeeded();
                        } else {
                            calls.get(i).ignored();
                        }
                    }
                }))
                .isLessThan(15);
    }

    /** The same, where the outcomes are known at once. */
    @Test
    void callsThatEndAtOnceWithoutAnOutcomeDoNotKeepItFromClosing() {
        halfOpen();
        for (int second = 0; second < 15; second++) {
            for (int i = 0; i < 100; i++) {
                boolean good = i % 5 == 0;
                offer(1).forEach(call -> {
                    if (good) {
                        call.succeeded();
                    } else {
                        call.ignored();
                    }
                });
            }
            test.time.advanceMillis(SECOND);
            test.breaker.look();
        }
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    /** safe-global/safe-client-gateway #3442: all calls of a time-out piled up at a service that hangs. */
    @Test
    void fewCallsWaitForAServiceThatHangsWhenItComesBack() {
        halfOpen();
        int waiting = 0;
        for (int second = 0; second < 60; second++) {
            waiting += offer(100).size();
            test.time.advanceMillis(SECOND - 1);
        }
        assertThat(waiting).isEqualTo(3);
        test.time.advanceMillis(SECOND);
        test.breaker.look();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    /** twitter/finagle #524: a probe that failed before its call began was never over. */
    @Test
    void aTrialThatDoesNotBeginIsFollowedByAnother() {
        open();
        test.time.advanceMillis(2 * SECOND);
        test.breaker.acquire().abandon();
        assertThat(test.breaker.snapshot().trialsInFlight()).isZero();
        test.time.advanceMillis(2 * SECOND);
        test.succeed(3);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    /** App-vNext/Polly #311: a trial without an outcome opened or closed the circuit. */
    @Test
    void aTrialWithoutAnOutcomeDecidesNothing() {
        open();
        test.time.advanceMillis(2 * SECOND);
        test.call().ignored();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.breaker.snapshot().openRemainingMillis()).isEqualTo(2 * SECOND);
    }

    /** oumi-ai/oumi #2508: it came back only if nothing failed at all. */
    @Test
    void aFewFailuresThatRemainDoNotKeepItFromClosing() {
        halfOpen();
        AtomicInteger ended = new AtomicInteger();
        assertThat(secondsUntilClosed(calls -> calls.forEach(call -> {
                    if (ended.incrementAndGet() % 10 == 0) {
                        call.failed();
                    } else {
                        call.succeeded();
                    }
                })))
                .isLessThan(15);
    }

    /** envoyproxy/envoy #29008: the slow start was over as soon as anything else changed. */
    @Test
    void anotherSettingDoesNotEndTheRamp() {
        test.tune(s -> s.tripOn(TripOn.CONSECUTIVE_FAILURES).rampUpMillis(100 * SECOND));
        test.untilHalfOpen();
        test.succeed(3);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        test.time.advanceMillis(30 * SECOND);
        test.tune(s -> s.openMillis(1).maxConcurrentCalls(1_000));
        List<TestBreaker.Call> admitted = offer(100);
        assertThat(admitted).hasSizeBetween(29, 31);
        succeed(admitted);
    }

    /** envoyproxy/envoy #24629: for a while the host got nothing at all. */
    @Test
    void theRampAdmitsATenthFromItsBeginning() {
        test.tune(s -> s.tripOn(TripOn.CONSECUTIVE_FAILURES).rampUpMillis(100 * SECOND));
        test.untilHalfOpen();
        test.succeed(3);
        assertThat(offer(100)).hasSizeBetween(9, 11);
    }
}
