// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.window.AdmittedShare.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the share of the calls follows what they show. */
class AdmittedShareTest {
    private static final long SECOND = 1_000_000_000;
    private static final BreakerSettings SETTINGS =
            BreakerSettings.builder().tripOn(TripOn.ADAPTIVE).build();

    private static AdmittedShare after(int failures, int outcomes, double percent) {
        BreakerSettings settings =
                SETTINGS.toBuilder().failureRateThresholdPercent(percent).build();
        return new AdmittedShare(new OutcomeCounts(0, outcomes, failures, 0), 0, settings, 0);
    }

    private static int admitted(AdmittedShare share, int offered, double ramp) {
        int admitted = 0;
        for (int i = 0; i < offered; i++) {
            admitted += share.admits(ramp, SETTINGS) ? 1 : 0;
        }
        return admitted;
    }

    private static void end(AdmittedShare share, int failures, int successes) {
        for (int i = 0; i < failures + successes; i++) {
            assertThat(share.record(share.round(), i < failures)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "50, 100, 50, 1",
        "75, 100, 50, .5",
        "90, 100, 50, .2",
        "30, 100, 20, .875",
        "99, 100, 99, 1",
        "40, 100, 50, 1"
    })
    void aTripLeavesWhatTheServiceCanTake(int failures, int outcomes, double percent, double share) {
        assertThat(after(failures, outcomes, percent).share(1)).isCloseTo(share, within(1e-9));
    }

    @Test
    void callsThatHangHaveFailed() {
        AdmittedShare share = new AdmittedShare(new OutcomeCounts(0, 50, 25, 0), 50, SETTINGS, 0);
        assertThat(share.share(1)).isCloseTo(.5, within(1e-9));
        assertThat(share.why()).isEqualTo("as 75 of the last 100 calls failed");
    }

    @Test
    void callsAreSpreadEvenly() {
        AdmittedShare share = after(75, 100, 50);
        assertThat(admitted(share, 3, 1)).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertThat(share.admits(1, SETTINGS)).isFalse();
        }
        for (int i = 0; i < 50; i++) {
            assertThat(admitted(share, 2, 1)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, .5", "25, .375", "50, .25", "75, .125"})
    void theShareFollowsWhatARoundShows(int percentFailing, double next) {
        AdmittedShare share = after(75, 100, 50);
        assertThat(admitted(share, 799, .25)).isEqualTo(199);
        end(share, 2 * percentFailing, 200 - 2 * percentFailing);
        assertThat(share.judge(SECOND, 1, SETTINGS)).isEqualTo(Verdict.GOES_ON);
        assertThat(share.share(1)).isCloseTo(next, within(.003));
        assertThat(share.round()).isEqualTo(1);
    }

    @Test
    void aRoundLastsASecondAndHasAFewOutcomes() {
        AdmittedShare share = new AdmittedShare(0);
        admitted(share, 100, 1);
        end(share, 0, 2);
        assertThat(share.judge(SECOND, 1, SETTINGS)).isEqualTo(Verdict.GOES_ON);
        assertThat(share.round()).isZero();
        end(share, 0, 1);
        assertThat(share.judge(SECOND - 1, 1, SETTINGS)).isEqualTo(Verdict.GOES_ON);
        assertThat(share.round()).isZero();
        assertThat(share.judge(SECOND, 1, SETTINGS)).isEqualTo(Verdict.GOES_ON);
        assertThat(share.round()).isEqualTo(1);
        assertThat(share.record(0, true)).isFalse();
        // the next second counts from there
        admitted(share, 100, 1);
        end(share, 3, 0);
        assertThat(share.judge(2 * SECOND - 1, 1, SETTINGS)).isEqualTo(Verdict.GOES_ON);
        assertThat(share.judge(2 * SECOND, 1, SETTINGS)).isEqualTo(Verdict.ALL_FAILED);
    }

    @Test
    void aCallWithoutAnOutcomeIsReplacedWithinItsRound() {
        AdmittedShare share = new AdmittedShare(0);
        assertThat(admitted(share, 10, 1)).isEqualTo(3);
        share.release(0);
        share.release(7);
        assertThat(admitted(share, 10, 1)).isEqualTo(1);
    }

    @Test
    void aRampLimitsTheShareAndTheEnd() {
        AdmittedShare share = after(50, 100, 50);
        assertThat(share.share(.3)).isEqualTo(.3);
        assertThat(admitted(share, 100, .3)).isEqualTo(30);
        end(share, 0, 30);
        assertThat(share.judge(SECOND, .3, SETTINGS)).isEqualTo(Verdict.GOES_ON);
        admitted(share, 100, .99);
        end(share, 0, 99);
        assertThat(share.judge(2 * SECOND, .99, SETTINGS)).isEqualTo(Verdict.GOES_ON);
        admitted(share, 100, 1);
        end(share, 0, 99);
        assertThat(share.judge(3 * SECOND, 1, SETTINGS)).isEqualTo(Verdict.ALL_ADMITTED);
    }

    @ParameterizedTest
    @CsvSource({"0, 10, .1", "500, 10, .1", "5000, 10000, .5", "9999, 10000, .9999", "10000, 10000, 1", "0, 0, 1"})
    void aRampGrowsFromATenthInProportionToTheTime(long sinceMillis, long rampUpMillis, double part) {
        long since = rampUpMillis == 10 ? 0 : sinceMillis * 1_000_000;
        assertThat(AdmittedShare.ramp(since, rampUpMillis)).isCloseTo(part, within(1e-9));
    }
}
