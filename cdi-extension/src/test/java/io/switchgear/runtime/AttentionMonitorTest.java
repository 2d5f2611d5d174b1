// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.config.AttentionLimits;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerAttention;
import io.switchgear.status.BreakerAttention.Cause;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.StatusReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttentionMonitorTest {
    private static final AttentionLimits LIMITS =
            new AttentionLimits(Duration.ofMinutes(10), Duration.ofMinutes(60), 4, Duration.ofMinutes(5));

    private long nanos;
    private final List<BreakerAttention> received = new ArrayList<>();
    private List<Breaker> all = List.of();
    private final AttentionMonitor attention = attention(LIMITS);
    private final Breaker users = breaker("users");

    @BeforeEach
    void addUsers() {
        all = List.of(users);
    }

    private AttentionMonitor attention(AttentionLimits limits) {
        AttentionMonitor monitor = new AttentionMonitor(
                limits, name -> all.stream().anyMatch(each -> each.name().equals(name)));
        monitor.add(received::add);
        return monitor;
    }

    private Breaker breaker(String name) {
        BreakerSettings settings = BreakerSettings.builder()
                .failureThreshold(1)
                .openMillis(30_000)
                .successThreshold(1)
                .build();
        return new Breaker(
                name,
                settings,
                FailureRule.ANY,
                () -> nanos,
                this::now,
                transition -> attention.transitioned(transition));
    }

    private Instant now() {
        return Instant.parse("2026-01-01T00:00:00Z").plusNanos(nanos);
    }

    private void advance(Duration time) {
        nanos += time.toNanos();
    }

    private void fail() {
        assertThatThrownBy(() -> users.call(() -> {
                    throw new IOException("down");
                }))
                .isInstanceOf(Exception.class);
    }

    private StatusReport look() {
        List<BreakerSnapshot> snapshots = all.stream().map(Breaker::snapshot).toList();
        return attention.report(() -> snapshots, List::of, this::now);
    }

    @Test
    void aBreakerThatHasNotBeenClosedForLongIsReportedOnceAndThenTheAllClear() {
        fail();
        for (int minutes = 0; minutes < 20; minutes++) {
            assertThat(look().attention()).as("after %d min", minutes).hasSize(minutes > 10 ? 1 : 0);
            // a trial each minute, which fails
            advance(Duration.ofMinutes(1));
            fail();
        }
        assertThat(received).singleElement().satisfies(need -> {
            assertThat(need.cause()).isEqualTo(Cause.OPEN);
            assertThat(need.over()).isFalse();
            assertThat(need.since()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
            assertThat(need.at()).isEqualTo(Instant.parse("2026-01-01T00:11:00Z"));
            assertThat(need.why())
                    .isEqualTo("it has not been closed for 11 min; it opened because of 1 failure"
                            + " (threshold 1), the last with java.io.IOException");
        });
        advance(Duration.ofMinutes(1));
        look();
        assertThat(received)
                .as("half-open when its time is up is not closed yet")
                .hasSize(1);
        users.run(() -> {});
        assertThat(look().attention()).isEmpty();
        look();
        assertThat(received).hasSize(2).last().satisfies(clear -> {
            assertThat(clear.over()).isTrue();
            assertThat(clear.why()).isEqualTo("it is closed again, or an operator has set its mode");
        });
    }

    @Test
    void aBreakerWithoutCallsIsNotOpenForLong() {
        fail();
        advance(Duration.ofHours(9));
        assertThat(look().attention()).as("it is due, and no call is rejected").isEmpty();
    }

    private void enable(boolean on) {
        users.by("alice").update(settings -> settings.toBuilder().enabled(on).build());
    }

    @Test
    void aBreakerThatIsOffNeedsNoAttentionForItsStateOrMode() {
        fail();
        users.forceOpen("vendor repairs");
        advance(Duration.ofMinutes(61));
        look();
        assertThat(received).extracting(BreakerAttention::cause).containsExactly(Cause.FORCED);
        enable(false);
        look();
        assertThat(received).last().returns(true, BreakerAttention::over).returns("it is off", BreakerAttention::why);
    }

    @Test
    void aBreakerThatWasSwitchedOffIsForgottenAfterAnHour() {
        enable(false);
        advance(Duration.ofMinutes(60));
        assertThat(look().attention()).isEmpty();
        advance(Duration.ofMinutes(1));
        look();
        assertThat(received)
                .singleElement()
                .returns(Cause.OFF, BreakerAttention::cause)
                .returns("it has been off for 61 min, switched off by alice", BreakerAttention::why);
        enable(true);
        look();
        assertThat(received)
                .last()
                .returns(true, BreakerAttention::over)
                .returns("it is on again", BreakerAttention::why);
    }

    @Test
    void aBreakerThatIsOffByConfigurationIsNotForgotten() {
        Breaker off = new Breaker(
                "off",
                BreakerSettings.builder().enabled(false).build(),
                FailureRule.ANY,
                () -> nanos,
                this::now,
                transition -> {});
        all = List.of(off);
        advance(Duration.ofDays(1));
        assertThat(look().attention()).isEmpty();
    }

    @Test
    void aForcedModeWithoutAnEndIsForgottenAfterAnHour() {
        users.setMode(BreakerMode.FORCED_CLOSED, Duration.ofHours(3), "sale");
        advance(Duration.ofMinutes(61));
        look();
        assertThat(received).as("it ends by itself").isEmpty();
        users.forceOpen("vendor repairs");
        advance(Duration.ofMinutes(60));
        look();
        assertThat(received).isEmpty();
        advance(Duration.ofMinutes(1));
        look();
        look();
        assertThat(received)
                .singleElement()
                .extracting(BreakerAttention::cause, BreakerAttention::why)
                .containsExactly(Cause.FORCED, "it has been FORCED_OPEN for 61 min, without an end: vendor repairs");
        users.automatic();
        look();
        assertThat(received)
                .last()
                .extracting(BreakerAttention::why)
                .isEqualTo("it is no longer forced, or its mode has an end now");
    }

    @Test
    void aBreakerThatOpensAndClosesAgainAndAgainFlaps() {
        for (int i = 0; i < 2; i++) {
            flap();
            look();
        }
        assertThat(received).as("four times is not more than four").isEmpty();
        flap();
        look();
        look();
        assertThat(received)
                .singleElement()
                .extracting(BreakerAttention::cause, BreakerAttention::why)
                .containsExactly(Cause.FLAPPING, "it has opened or closed more than 4 times within 78 s");
        advance(Duration.ofMinutes(5));
        look();
        assertThat(received)
                .last()
                .extracting(BreakerAttention::over, BreakerAttention::why)
                .containsExactly(true, "it has not opened or closed that often recently");
    }

    private void flap() {
        fail();
        advance(Duration.ofSeconds(30));
        users.run(() -> {});
        advance(Duration.ofSeconds(6));
    }

    @Test
    void whatPeopleDoWithItIsNoFlapping() {
        for (int i = 0; i < 9; i++) {
            users.forceOpen("drill");
            users.reset();
        }
        assertThat(look().attention()).isEmpty();
    }

    @Test
    void trialsThatFailAreNoFlapping() {
        fail();
        for (int i = 0; i < 8; i++) {
            advance(Duration.ofSeconds(30));
            fail();
        }
        assertThat(look().attention()).isEmpty();
    }

    @Test
    void aRemovedBreakerNeedsNoAttention() {
        users.forceOpen("drill");
        advance(Duration.ofHours(2));
        look();
        all = List.of();
        attention.forget("users");
        look();
        assertThat(received).hasSize(2).last().extracting(BreakerAttention::why).isEqualTo("it was removed");
    }

    @Test
    void whatIsOffIsNotLookedFor() {
        AttentionMonitor off = attention(new AttentionLimits(Duration.ZERO, Duration.ZERO, 0, Duration.ofMinutes(5)));
        users.listen(off::transitioned);
        for (int i = 0; i < 9; i++) {
            flap();
        }
        users.forceOpen("drill");
        advance(Duration.ofHours(9));
        List<BreakerSnapshot> snapshots = List.of(users.snapshot());
        assertThat(off.report(() -> snapshots, List::of, this::now).attention()).isEmpty();
    }

    @Test
    void attentionIsLoggedTooEvenIfAListenerThrows() {
        attention.add(need -> {
            throw new IllegalStateException("broken");
        });
        try (RecordedLog log = new RecordedLog()) {
            users.forceOpen("drill");
            advance(Duration.ofHours(2));
            look();
            users.automatic();
            look();
            assertThat(log.lines())
                    .contains(
                            "WARNING SGR0028: users needs attention: it has been FORCED_OPEN for 120 min, without an"
                                    + " end: drill",
                            "INFO SGR0029: users no longer needs attention: it is no longer forced, or its mode has an end now");
        }
        assertThat(received).hasSize(2);
    }

    @Test
    void aReportSaysHowItIsByNowAndNotHowItWasWhenItWasNoticed() {
        users.forceOpen("drill");
        advance(Duration.ofMinutes(61));
        look();
        advance(Duration.ofMinutes(60));
        assertThat(look().attention()).singleElement().satisfies(need -> {
            assertThat(need.why()).isEqualTo("it has been FORCED_OPEN for 121 min, without an end: drill");
            assertThat(need.at()).as("noticed").isEqualTo(Instant.parse("2026-01-01T01:01:00Z"));
        });
        users.setMode(BreakerMode.FORCED_CLOSED, Duration.ofMinutes(5), "sale");
        assertThat(look().attention()).isEmpty();
        assertThat(received).hasSize(2);
    }

    @Test
    void anObservingBreakerRejectsNothing() {
        users.observe("new here");
        fail();
        for (int i = 0; i < 20; i++) {
            advance(Duration.ofMinutes(1));
            fail();
            look();
        }
        assertThat(received).isEmpty();
    }

    @Test
    void aBreakerThatMovesWhenItIsGoneIsNotRemembered() {
        all = List.of();
        for (int i = 0; i < 3; i++) {
            flap();
        }
        all = List.of(users);
        assertThat(look().attention()).isEmpty();
    }
}
