// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.CircuitState;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Changes that come between a decision of the breaker and its transition: they are made while the breaker reads the
 * clock.
 */
class RacingChangesTest {
    private final List<String> reasons = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private final Breaker breaker = new Breaker(
            "test",
            BreakerSettings.builder().failureThreshold(2).successThreshold(2).build(),
            FailureRule.ANY,
            this::nanos,
            InstantSource.system(),
            transition -> reasons.add(transition.why()));

    private long nanos() {
        Runnable once = meanwhile;
        meanwhile = () -> {};
        once.run();
        return 0;
    }

    /** Runs each of these at one reading of the clock. */
    private void meanwhile(Runnable... these) {
        meanwhile = () -> {};
        for (int i = these.length - 1; i >= 0; i--) {
            Runnable now = these[i];
            Runnable later = meanwhile;
            meanwhile = () -> {
                now.run();
                meanwhile = later;
            };
        }
    }

    private void tune(UnaryOperator<BreakerSettings.Builder> change) {
        breaker.update(settings -> change.apply(settings.toBuilder()).build());
    }

    private void fail() {
        Permit permit = breaker.acquire();
        permit.threw(new IOException("broken"), permit.start());
    }

    private void succeed() {
        Permit permit = breaker.acquire();
        permit.returned("fine", permit.start());
    }

    private CircuitState state() {
        return breaker.snapshot().state();
    }

    @Test
    void aThresholdRaisedAsItOpensKeepsItClosed() {
        fail();
        meanwhile(() -> tune(s -> s.failureThreshold(3)));
        fail();
        assertThat(state()).isEqualTo(CircuitState.CLOSED);
        fail();
        assertThat(state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void anotherSettingChangedAsItOpensDoesNotKeepItClosed() {
        fail();
        meanwhile(() -> tune(s -> s.openMillis(1_234)));
        fail();
        assertThat(state()).isEqualTo(CircuitState.OPEN);
        assertThat(breaker.snapshot().openRemainingMillis()).isEqualTo(1_234);
        assertThat(reasons).last().asString().startsWith("2 consecutive failures");
    }

    @Test
    void whatOpensANewTimeIsNotWhatFailedBeforeTheReset() {
        fail();
        meanwhile(() -> {
            breaker.reset();
            fail();
            tune(s -> s.failureThreshold(1));
        });
        fail();
        assertThat(state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void forcedOpenAsItOpensIsNotUndone() {
        fail();
        meanwhile(() -> breaker.forceOpen("maintenance"));
        fail();
        assertThat(reasons).containsExactly("mode FORCED_OPEN: maintenance");
        assertThat(breaker.snapshot().opened()).isZero();
    }

    @Test
    void aFailedTrialOpensItWhateverIsChangedMeanwhile() {
        breaker.forceOpen("");
        breaker.automatic();
        Permit trial = breaker.acquire();
        meanwhile(
                () -> tune(s -> s.openMillis(1_001)),
                () -> tune(s -> s.openMillis(1_002)),
                () -> tune(s -> s.openMillis(1_003)));
        trial.threw(new IOException("broken"), trial.start());
        assertThat(state()).isEqualTo(CircuitState.OPEN);
        assertThat(reasons).last().isEqualTo("a trial failed with java.io.IOException");
    }

    @Test
    void trialsThatSucceedCloseItWhateverIsChangedMeanwhile() {
        breaker.forceOpen("");
        breaker.automatic();
        succeed();
        Permit trial = breaker.acquire();
        meanwhile(
                () -> tune(s -> s.openMillis(1_001)),
                () -> tune(s -> s.openMillis(1_002)),
                () -> tune(s -> s.openMillis(1_003)));
        trial.returned("fine", trial.start());
        assertThat(state()).isEqualTo(CircuitState.CLOSED);
        assertThat(reasons).last().isEqualTo("2 trials succeeded");
    }
}
