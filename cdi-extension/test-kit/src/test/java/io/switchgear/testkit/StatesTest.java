// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import static io.switchgear.testkit.SwitchgearAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitOpenException;
import io.switchgear.Guard;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests states on request, and what assertions say that fail. */
@SwitchgearTest
class StatesTest {
    private CircuitBreakers breakers;
    private CircuitBreaker breaker;

    @BeforeEach
    void create(CircuitBreakers started) {
        breakers = started;
        breaker = breakers.create("orders", BreakerSettings.defaults());
    }

    private void fail(int calls) {
        for (int i = 0; i < calls; i++) {
            assertThatThrownBy(() -> breaker.run(() -> {
                        throw new IllegalStateException("away");
                    }))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isReachedFromEachState(CircuitState from) {
        for (TripOn policy : TripOn.values()) {
            breaker.update(present -> present.toBuilder().tripOn(policy).build());
            for (CircuitState to : CircuitState.values()) {
                States.put(breaker, from);
                States.put(breaker, to);
                switch (to) {
                    case CLOSED -> assertThat(breaker).isClosed().hasMode(BreakerMode.AUTOMATIC);
                    case OPEN -> assertThat(breaker).isOpen().hasMode(BreakerMode.FORCED_OPEN);
                    case HALF_OPEN -> assertThat(breaker).isHalfOpen().hasMode(BreakerMode.AUTOMATIC);
                    default -> throw new AssertionError(to);
                }
            }
        }
    }

    @Test
    void isReachedFromEveryMode() {
        breaker.observe("rollout");
        States.put(breaker, CircuitState.HALF_OPEN);
        assertThat(breaker).isHalfOpen().hasMode(BreakerMode.AUTOMATIC);
        breaker.forceClosed("no");
        States.put(breaker, CircuitState.CLOSED);
        assertThat(breaker).isClosed().hasMode(BreakerMode.AUTOMATIC);
    }

    @Test
    void aBreakerThatIsOffIsRefused() {
        breaker.update(present -> present.toBuilder().enabled(false).build());
        assertThatThrownBy(() -> States.put(breaker, CircuitState.OPEN))
                .hasMessage("the breaker \"orders\" is switched off (enabled=false), so it cannot be put into OPEN");
    }

    @Test
    void anAssertionThatFailsSaysWhatTheBreakerSays(VirtualClock clock) {
        fail(5);
        assertThatThrownBy(() -> breaker.run(() -> {})).isInstanceOf(CircuitOpenException.class);
        assertThat(breaker)
                .isOpen()
                .hasTripped(1)
                .hasFailed(5)
                .hasSucceeded(0)
                .hasRejected(1)
                .hasLastTrip("5 consecutive failures")
                .isOpenFor(Duration.ofMinutes(1));
        clock.advance(Duration.ofSeconds(20));
        assertThat(breaker).isOpenFor(Duration.ofSeconds(40));
        assertThatThrownBy(() -> assertThat(breaker).isClosed())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected state of the breaker \"orders\" to be CLOSED but was OPEN.")
                .hasMessageContaining("0 succeeded, 5 failed")
                .hasMessageContaining("last trip: 5 consecutive failures (threshold 5)");
        assertThatThrownBy(() -> assertThat(breaker).hasRejected(3))
                .hasMessageContaining("Expected rejected calls of the breaker \"orders\" to be 3 but was 1.");
        assertThatThrownBy(() -> assertThat(breaker).hasLastTrip("slow"))
                .hasMessageContaining("to be text that contains \"slow\" but was \"5 consecutive failures");
    }

    @Test
    void aLayerThatIsAbsentFails() {
        Guard<String> guard =
                breakers.<String>guard("stock").retry(RetrySettings.defaults()).build();
        assertThat(guard).hasRetried(0);
        assertThatThrownBy(() -> assertThat(guard).breaker().isClosed())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected the guard \"stock\" to have a breaker, but it was built without");
        assertThatThrownBy(() -> assertThat(guard).hasRetried(2))
                .hasMessageContaining("Expected retries of the guard \"stock\" to be 2 but was 0");
    }
}
