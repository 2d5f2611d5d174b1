// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.status.CircuitState;
import org.junit.jupiter.api.Test;

/** How a breaker limits the number of calls in flight. */
class ConcurrentCallsTest {
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
}
