// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Uses a limit of 16 ms, so that a bucket lasts 1 ms and is used again after 32 ms. */
class InFlightTrackerTest {
    private static final long MILLI = 1_000_000;

    private final InFlightTracker tracker = new InFlightTracker(16 * MILLI, 0);

    private long started(long millis) {
        return tracker.started(millis * MILLI);
    }

    private int hung(long millis) {
        return tracker.hung(millis * MILLI);
    }

    private boolean due(double millis) {
        return tracker.isDue((long) (millis * MILLI));
    }

    @Test
    void noCheckIsDueBeforeACallCanHang() {
        assertThat(due(15.9)).isFalse();
        assertThat(due(16)).isTrue();
    }

    @Test
    void oneCheckIsDueInEachBucketsTime() {
        assertThat(due(16)).isTrue();
        assertThat(due(16)).isFalse();
        assertThat(due(16.9)).isFalse();
        assertThat(due(17)).isTrue();
        assertThat(due(17.5)).isFalse();
    }

    @Test
    void afterAPauseTheNextCheckIsDueAtTheNextEndOfABucket() {
        assertThat(due(20.5)).isTrue();
        assertThat(due(20.9)).isFalse();
        assertThat(due(21)).isTrue();
    }

    @Test
    void aCallThatReadTheClockLongBeforeItIsCountedIsCountedAllTheSame() {
        started(100);
        long late = started(68);
        assertThat(late).isEqualTo(68 * MILLI);
        assertThat(hung(100)).isEqualTo(1);
        assertThat(tracker.oldestNanos(100 * MILLI)).isEqualTo(32 * MILLI);
        assertThat(tracker.ended(late, 100 * MILLI)).isTrue();
        assertThat(hung(100)).isZero();
    }

    @Test
    void ofThoseTheOldestIsShown() {
        started(100);
        started(68);
        started(36);
        started(68);
        assertThat(tracker.oldestNanos(100 * MILLI)).isEqualTo(64 * MILLI);
    }

    @Test
    void aBucketWhoseCallsHaveEndedMakesNoCallOlder() {
        tracker.ended(started(5), 6 * MILLI);
        started(20);
        started(52);
        started(37);
        assertThat(tracker.oldestNanos(52 * MILLI)).isEqualTo(32 * MILLI);
    }

    @Test
    void aCallThatEndsTwiceTakesNoOtherWithIt() {
        long once = started(5);
        tracker.ended(once, 6 * MILLI);
        tracker.ended(once, 6 * MILLI);
        assertThat(hung(30)).isZero();
        assertThat(tracker.oldestNanos(30 * MILLI)).isZero();
    }
}
