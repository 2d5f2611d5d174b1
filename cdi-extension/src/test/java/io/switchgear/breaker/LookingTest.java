// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitOpenException;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who looks at a breaker makes calls that hang count, although no further call comes. */
class LookingTest {
    private final TestBreaker test = new TestBreaker(s -> s.failureThreshold(2).slowCallMillis(160));

    private void hang() {
        test.call();
        test.call();
        test.time.advanceMillis(180);
    }

    @Test
    void aLookOpensABreakerWhoseCallsHang() {
        hang();
        assertThat(test.breaker.peek().state()).isEqualTo(CircuitState.CLOSED);
        assertThat(test.transitions).isEmpty();
        BreakerSnapshot seen = test.breaker.snapshot();
        assertThat(seen.state()).isEqualTo(CircuitState.OPEN);
        assertThat(seen.trips()).isEqualTo(1);
        assertThat(test.transitions).hasSize(1);
        assertThat(test.transitions.get(0).why()).isEqualTo(seen.lastTrip());
    }

    @Test
    void theReasonIsThatOfTheNextCall() {
        hang();
        String looked = test.breaker.snapshot().lastTrip();
        TestBreaker other = new TestBreaker(s -> s.failureThreshold(2).slowCallMillis(160));
        other.call();
        other.call();
        other.time.advanceMillis(180);
        assertThat(other.breaker.peek().state()).isEqualTo(CircuitState.CLOSED);
        try {
            other.call();
        } catch (CircuitOpenException expected) {
            assertThat(other.breaker.peek().lastTrip()).isEqualTo(looked);
            return;
        }
        throw new AssertionError("the call was admitted");
    }

    @Test
    void aThousandLooksAtAHealthyBreakerChangeNothing() {
        TestBreaker.Call running = test.call();
        test.time.advanceMillis(100);
        var before = TestBreaker.shown(test.breaker.peek());
        for (int i = 0; i < 1_000; i++) {
            assertThat(TestBreaker.shown(test.breaker.snapshot())).isEqualTo(before);
        }
        assertThat(test.transitions).isEmpty();
        running.succeeded();
    }

    @Test
    void oneCallThatHangsBelowTheThresholdOpensNothing() {
        test.call();
        test.time.advanceMillis(10_000);
        assertThat(test.breaker.snapshot().overdueCalls()).isEqualTo(1);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aLookDoesNotOverruleAnOperator() {
        hang();
        test.breaker.forceClosed("");
        assertThat(test.breaker.snapshot().state()).isEqualTo(CircuitState.CLOSED);
        test.breaker.automatic();
        test.time.advanceMillis(20);
        assertThat(test.breaker.snapshot().state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void anObservingBreakerObservesIt() {
        test.breaker.observe("");
        hang();
        assertThat(test.breaker.snapshot().observedOpened()).isEqualTo(1);
        assertThat(test.breaker.snapshot().opened()).isZero();
    }

    @Test
    void aWindowCountsThemToo() {
        TestBreaker window = new TestBreaker(s -> s.tripOn(TripOn.CALL_WINDOW)
                .windowCalls(4)
                .minimumCalls(2)
                .slowCallRateThresholdPercent(50)
                .slowCallMillis(160));
        window.call();
        window.call();
        window.time.advanceMillis(180);
        assertThat(window.breaker.snapshot().state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aTrialThatHangsDecidesNothingUntilItReturnsOrTimesOut() {
        test.untilHalfOpen();
        TestBreaker.Call trial = test.call();
        test.time.advanceMillis(1_000);
        assertThat(test.breaker.snapshot().overdueCalls()).isEqualTo(1);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        trial.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aListenerMayLook() {
        AtomicReference<CircuitState> within = new AtomicReference<>();
        List<CircuitTransition> received = new ArrayList<>();
        test.breaker.listen(transition -> {
            received.add(transition);
            within.set(test.breaker.snapshot().state());
        });
        hang();
        assertThat(test.breaker.snapshot().state()).isEqualTo(CircuitState.OPEN);
        assertThat(within.get()).isEqualTo(CircuitState.OPEN);
        assertThat(received).hasSize(1);
    }

    @Test
    void aListenerThatThrowsDoesNotFailTheLook() {
        test.breaker.listen(transition -> {
            throw new IllegalStateException("broken");
        });
        hang();
        assertThat(test.breaker.snapshot().state()).isEqualTo(CircuitState.OPEN);
    }
}
