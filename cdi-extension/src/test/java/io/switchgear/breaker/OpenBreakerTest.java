// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.status.CircuitState;
import org.junit.jupiter.api.Test;

/** How long a breaker stays open: backoff, jitter, and the end ahead of time. */
class OpenBreakerTest {
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
}
