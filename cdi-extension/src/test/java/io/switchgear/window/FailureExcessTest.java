// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When failures exceed the rate that is tolerated. */
class FailureExcessTest {
    private final FailureExcess policy = new FailureExcess();

    private static BreakerSettings settings(int minimumCalls, double percent) {
        return BreakerSettings.builder()
                .tripOn(TripOn.ADAPTIVE)
                .minimumCalls(minimumCalls)
                .failureRateThresholdPercent(percent)
                .build();
    }

    /** Adds outcomes, an F for a failure and an S for a success; returns whether the last of them opens. */
    private boolean record(String outcomes, BreakerSettings settings) {
        boolean opens = false;
        for (int i = 0; i < outcomes.length(); i++) {
            opens = policy.record(outcomes.charAt(i) == 'F', false, settings);
        }
        return opens;
    }

    @ParameterizedTest
    @CsvSource({
        "FFF, 3, 50, true",
        "FF, 3, 50, false",
        "FFSFF, 3, 50, true",
        "FFSF, 3, 50, false",
        "FFSSFFF, 3, 50, true",
        // one failure offsets three successes, and three are needed in excess
        "FSFSFFFFF, 3, 25, true",
        "FSFSF, 3, 25, false",
        "FSFSFF, 3, 25, true",
        // at 100 % any success ends the run
        "FFSFFF, 3, 100, true",
        "FFSFF, 3, 100, false"
    })
    void opensWhenEnoughFailuresExceedTheRate(String outcomes, int minimumCalls, double percent, boolean opens) {
        assertThat(record(outcomes, settings(minimumCalls, percent))).isEqualTo(opens);
    }

    @Test
    void aRunEndsWhereItsRateIsBackAtTheThreshold() {
        BreakerSettings settings = settings(20, 50);
        record("FFS", settings);
        assertThat(policy.counts()).isEqualTo(new OutcomeCounts(0, 3, 2, 0));
        record("S", settings);
        assertThat(policy.counts()).isEqualTo(OutcomeCounts.NONE);
        record("SSSS", settings);
        assertThat(policy.counts()).isEqualTo(OutcomeCounts.NONE);
        record("F", settings);
        assertThat(policy.counts()).isEqualTo(new OutcomeCounts(1, 1, 1, 0));
    }

    @Test
    void aSlowCallIsAFailureAndCallsThatHangCount() {
        BreakerSettings settings = settings(3, 50);
        policy.record(false, true, settings);
        policy.record(true, true, settings);
        assertThat(policy.counts()).isEqualTo(new OutcomeCounts(2, 2, 2, 0));
        assertThat(policy.mustOpen(settings, 0)).isFalse();
        assertThat(policy.mustOpen(settings, 1)).isTrue();
        assertThat(policy.mustOpen(settings, Integer.MAX_VALUE)).isTrue();
    }

    @Test
    void countsAreHalvedBeforeTheyOverflow() {
        BreakerSettings settings = settings(1_000_000, 10);
        for (int i = 0; i < 5_000_000; i++) {
            policy.record(i % 5 == 0, false, settings);
        }
        OutcomeCounts counts = policy.counts();
        assertThat(counts.outcomes()).isBetween(1_000_000, 2_000_000);
        assertThat((double) counts.failures() / counts.outcomes()).isBetween(.199, .201);
    }

    @Test
    void theMaximumOfMinimumCallsIsReached() {
        BreakerSettings settings = settings(1_000_000, 50);
        for (int i = 1; i < 1_000_000; i++) {
            assertThat(policy.record(true, false, settings)).isFalse();
        }
        assertThat(policy.record(true, false, settings)).isTrue();
    }

    @Test
    void startsFromNumbersHoweverLarge() {
        policy.seed(new OutcomeCounts(7, 1_000_000_000, 600_000_000, 5));
        assertThat(policy.counts()).isEqualTo(new OutcomeCounts(7, 2_000_000, 1_200_000, 0));
        policy.seed(OutcomeCounts.NONE);
        assertThat(policy.counts()).isEqualTo(OutcomeCounts.NONE);
    }

    @Test
    void callsThatHangAreOutcomesToo() {
        BreakerSettings settings = settings(20, 50);
        record("FFSFFSFFSFFSFFS", settings);
        assertThat(policy.mustOpen(settings, 12)).as("22 of 27").isFalse();
        assertThat(policy.mustOpen(settings, 15)).as("25 of 30").isTrue();
    }

    @Test
    void aRunThatIsTooLongIsHalvedAndKeepsItsRate() {
        policy.seed(new OutcomeCounts(0, 2_000_000, 1_400_001, 0));
        policy.record(true, false, settings(20, 50));
        assertThat(policy.counts()).isEqualTo(new OutcomeCounts(1, 1_000_000, 700_001, 0));
    }
}
