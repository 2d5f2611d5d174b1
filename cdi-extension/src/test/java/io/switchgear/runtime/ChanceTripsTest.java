// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.config.AttentionLimits;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerAttention;
import io.switchgear.status.BreakerAttention.Cause;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a breaker that opens by chance needs attention, and one that opens for a reason does not. */
class ChanceTripsTest {
    private static final AttentionLimits OFF =
            new AttentionLimits(Duration.ZERO, Duration.ZERO, 0, Duration.ofMinutes(5));

    private final TestTime time = new TestTime();
    private final List<BreakerAttention> received = new ArrayList<>();
    private final List<Breaker> all = new ArrayList<>();
    private final AttentionMonitor attention = new AttentionMonitor(
            OFF, name -> all.stream().anyMatch(each -> each.name().equals(name)));
    private final Breaker users = breaker("users", s -> s.failureThreshold(2));

    private Breaker breaker(String name, UnaryOperator<BreakerSettings.Builder> settings) {
        BreakerSettings built =
                settings.apply(BreakerSettings.builder().successThreshold(1)).build();
        return new Breaker(name, built, FailureRule.ANY, time, time, transition -> attention.transitioned(transition));
    }

    @BeforeEach
    void listen() {
        attention.add(received::add);
        all.add(users);
    }

    private void look() {
        List<BreakerSnapshot> snapshots = all.stream().map(Breaker::snapshot).toList();
        attention.report(() -> snapshots, List::of, time);
    }

    private void fail() {
        assertThatThrownBy(() -> users.call(() -> {
                    throw new IOException("down");
                }))
                .isExactlyInstanceOf(IOException.class);
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            users.run(() -> {});
        }
    }

    /** Every fifth call fails, then two in a row, and the next trial succeeds. */
    private void openByChance() {
        for (int i = 0; i < 6; i++) {
            fail();
            succeed(4);
        }
        openAndClose();
    }

    private void openAndClose() {
        fail();
        fail();
        time.advanceMillis(60_000);
        succeed(1);
        look();
    }

    @Test
    void whatOpensByChanceAgainAndAgainIsReportedOnceWithTheCure() {
        openByChance();
        openByChance();
        assertThat(received).isEmpty();
        openByChance();
        openByChance();
        assertThat(received).singleElement().satisfies(need -> {
            assertThat(need.cause()).isEqualTo(Cause.PARTIAL_FAILURE);
            assertThat(need.over()).isFalse();
            assertThat(need.since()).isEqualTo(time.instant().minusSeconds(4 * 60));
            assertThat(need.why())
                    .isEqualTo("it has opened 3 times within 3 min, although 75 % of the calls succeeded: so often,"
                            + " 2 failures in a row come by chance once in 20 calls; set TripOn to ADAPTIVE or"
                            + " TIME_WINDOW (switchgear.breaker.\"users\".trip-on)");
        });
    }

    private void reported() {
        openByChance();
        openByChance();
        openByChance();
        assertThat(received).hasSize(1);
    }

    private void isOver() {
        look();
        assertThat(received).hasSize(2);
        assertThat(received.get(1).over()).isTrue();
        assertThat(received.get(1).why())
                .isEqualTo("its policy was changed, an operator has set its mode, or chance has opened it less often"
                        + " recently");
        look();
        assertThat(received).hasSize(2);
    }

    @Test
    void anotherPolicyIsAnAnswer() {
        reported();
        users.update(s -> s.toBuilder().tripOn(TripOn.ADAPTIVE).build());
        isOver();
    }

    @Test
    void anotherThresholdIsAnAnswerUntilThatIsReachedByChance() {
        reported();
        users.update(s -> s.toBuilder().failureThreshold(5).build());
        isOver();
        users.update(s -> s.toBuilder().failureThreshold(2).openMillis(30_000).build());
        look();
        assertThat(received).as("no answer at all").hasSize(3);
    }

    @Test
    void anotherSettingIsNoAnswer() {
        reported();
        users.update(s -> s.toBuilder().openMillis(30_000).build());
        look();
        assertThat(received).hasSize(1);
    }

    @Test
    void aModeIsAnAnswer() {
        reported();
        users.setMode(BreakerMode.FORCED_CLOSED, null, "for now");
        isOver();
    }

    @Test
    void itIsOverAfterAnHourWithout() {
        reported();
        time.advanceMillis(57 * 60_000);
        look();
        assertThat(received).hasSize(1);
        time.advanceMillis(1);
        isOver();
    }

    @Test
    void aServiceThatGoesDownAfterManyGoodCallsIsNoChance() {
        for (int i = 0; i < 10; i++) {
            succeed(1_000);
            openAndClose();
        }
        assertThat(received).isEmpty();
    }

    @Test
    void aServiceThatIsNeverUpForLongIsNoChance() {
        for (int i = 0; i < 10; i++) {
            succeed(1);
            openAndClose();
            openAndClose();
        }
        assertThat(received).isEmpty();
    }

    @Test
    void mostCallsHaveToSucceed() {
        for (int i = 0; i < 10; i++) {
            for (int pair = 0; pair < 20; pair++) {
                fail();
                succeed(1);
            }
            openAndClose();
        }
        assertThat(received).isEmpty();
    }

    @Test
    void anObservingBreakerHarmsNoCall() {
        users.observe("new here");
        openByChance();
        openByChance();
        openByChance();
        assertThat(received).isEmpty();
    }

    @Test
    void aRemovedBreakerIsForgotten() {
        openByChance();
        openByChance();
        attention.forget("users");
        openByChance();
        assertThat(received).isEmpty();
    }

    /** A fifth of the calls fails, 100 calls a second: the example of the manual. */
    @Test
    void thePartialFailureOfTheLabIsSeenAndItsOutageIsNot() {
        Breaker part = breaker("part", s -> s.successThreshold(3));
        Breaker whole = breaker("whole", s -> s.successThreshold(3));
        all.add(part);
        all.add(whole);
        Random random = new Random(20);
        for (int call = 0; call < 1_000 * 100; call++) {
            boolean outage = call / 100 % 200 < 20;
            play(part, random.nextDouble() < .2);
            play(whole, outage || random.nextDouble() < .01);
            time.advanceMillis(10);
            if (call % 6_000 == 0) {
                look();
            }
        }
        assertThat(received).extracting(BreakerAttention::name).containsExactly("part");
        assertThat(whole.snapshot().trips()).isEqualTo(5);
        assertThat(received.get(0).why()).contains("5 failures in a row come by chance once in ");
    }

    private static void play(Breaker breaker, boolean fails) {
        if (breaker.snapshot().state() != CircuitState.OPEN) {
            var permit = breaker.acquire();
            if (fails) {
                permit.threw(new IOException(), permit.start());
            } else {
                permit.returned(null, permit.start());
            }
        }
    }
}
