// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static io.switchgear.breaker.CallsWithinCallsTest.failing;
import static io.switchgear.breaker.CallsWithinCallsTest.fails;
import static io.switchgear.breaker.CallsWithinCallsTest.nested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.settings.CallTimer;
import io.switchgear.status.CircuitState;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With {@code maxConcurrentCalls}, a call and the calls within it, on its thread, take one place. */
class PlacesWithinPlacesTest {
    private final TestBreaker test = new TestBreaker(s -> s.maxConcurrentCalls(1));

    private Object elsewhere() throws Exception {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return test.breaker.call(() -> "fine");
                    } catch (RuntimeException thrown) {
                        throw thrown;
                    } catch (Exception impossible) {
                        throw new AssertionError(impossible);
                    }
                })
                .get();
    }

    private void assertThePlaceIsFree() throws Exception {
        assertThat(elsewhere()).isEqualTo("fine");
    }

    private void assertThePlaceIsTaken() {
        assertThatThrownBy(this::elsewhere).hasCauseInstanceOf(CircuitOpenException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aCallWithinTakesNoPlace(CallTimer timer) throws Exception {
        test.tune(s -> s.callTimer(timer).slowCallMillis(1_000));
        assertThat(nested(test.breaker, 5, () -> {
                    assertThePlaceIsTaken();
                    return "fine";
                }))
                .isEqualTo("fine");
        assertThat(test.breaker.snapshot().callsInFlight()).isZero();
        assertThat(test.breaker.snapshot().oldestCallMillis()).isZero();
        assertThePlaceIsFree();
    }

    @Test
    void aFailureThatPassesSeveralLevelsCountsOnceAndFreesThePlace() throws Exception {
        fails(() -> nested(test.breaker, 3, failing(new IOException("broken"))));
        assertThat(test.breaker.snapshot().failures()).isEqualTo(1);
        assertThePlaceIsFree();
    }

    @Test
    void callsInSequenceTakeAPlaceEach() throws Exception {
        for (int i = 0; i < 3; i++) {
            test.breaker.call(() -> "fine");
            assertThePlaceIsFree();
        }
    }

    @Test
    void thePlaceOfAnotherThreadIsNotShared() {
        TestBreaker.Call other = test.call();
        assertThatThrownBy(() -> nested(test.breaker, 2, () -> "never")).isInstanceOf(CircuitOpenException.class);
        other.succeeded();
    }

    @Test
    void aThreadThatLeftAnAsynchronousCallDoesNotShareItsPlace() throws Exception {
        CompletableFuture<String> pending = new CompletableFuture<>();
        CompletionStage<String> outer = test.breaker.callAsync(() -> test.breaker.callAsync(() -> pending));
        assertThatThrownBy(() -> test.breaker.call(() -> "never")).isInstanceOf(CircuitOpenException.class);
        CompletableFuture.runAsync(() -> pending.complete("fine")).get();
        assertThat(outer).isCompletedWithValue("fine");
        assertThat(test.breaker.call(() -> "fine")).isEqualTo("fine");
        assertThePlaceIsFree();
    }

    @Test
    void aRejectionOnAnotherThreadDoesNotFailTheOuterCall() {
        assertThatThrownBy(() -> test.breaker.call(this::elsewhere)).isInstanceOf(ExecutionException.class);
        assertThat(test.breaker.snapshot().failures()).isZero();
        assertThat(test.breaker.snapshot().ignored()).isEqualTo(1);
    }

    @Test
    void aLimitThatBeginsWithinACallCountsTheNextLevelOnce() throws Exception {
        test.tune(s -> s.maxConcurrentCalls(0));
        test.breaker.call(() -> {
            test.tune(s -> s.maxConcurrentCalls(1));
            return nested(test.breaker, 3, () -> {
                assertThePlaceIsTaken();
                return "fine";
            });
        });
        assertThePlaceIsFree();
    }

    @Test
    void aLimitThatEndsAndBeginsWithinACallKeepsItsPlace() throws Exception {
        test.breaker.call(() -> {
            test.tune(s -> s.maxConcurrentCalls(0));
            return test.breaker.call(() -> {
                test.tune(s -> s.maxConcurrentCalls(1));
                assertThePlaceIsTaken();
                return test.breaker.call(() -> "fine");
            });
        });
        assertThePlaceIsFree();
    }

    @Test
    void aTrialWithinALimitedCallTakesNoPlace() throws Exception {
        test.tune(s -> s.successThreshold(1));
        test.breaker.call(() -> {
            test.untilHalfOpen();
            return nested(test.breaker, 2, () -> "fine");
        });
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThePlaceIsFree();
    }

    @Test
    void aPermitTakenWithinACallTakesNoPlace() throws Exception {
        TestBreaker.Call[] later = new TestBreaker.Call[1];
        test.breaker.call(() -> {
            later[0] = test.call();
            return "fine";
        });
        assertThePlaceIsFree();
        later[0].succeeded();
        assertThePlaceIsFree();
        assertThat(test.breaker.snapshot().callsInFlight()).isZero();
    }
}
