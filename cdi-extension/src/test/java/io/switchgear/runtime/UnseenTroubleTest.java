// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Permit;
import io.switchgear.config.AttentionLimits;
import io.switchgear.guard.Retry;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerAttention;
import io.switchgear.status.BreakerAttention.Cause;
import io.switchgear.status.CircuitState;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Trouble that changes no state: a report shows it all the same. */
class UnseenTroubleTest {
    private static final AttentionLimits OFF = new AttentionLimits(Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);

    private final TestTime time = new TestTime();
    private final AttentionMonitor monitor = new AttentionMonitor(OFF, name -> true);
    private final List<BreakerAttention> received = new ArrayList<>();
    private final Breaker orders = new Breaker(
            "orders",
            BreakerSettings.builder().slowCallMillis(1_000).build(),
            FailureRule.ANY,
            time,
            time,
            transition -> {});
    private final Retry retry = new Retry(
            "orders",
            RetrySettings.defaults().with(Map.of(Setting.MIN_RETRIES_PER_SECOND, 0)),
            FailureRule.ANY,
            time,
            time,
            () -> 0);
    private List<Breaker> breakers = List.of(orders);
    private List<Retry> retries = List.of(retry);

    UnseenTroubleTest() {
        monitor.add(received::add);
    }

    private List<BreakerAttention> report() {
        return monitor.report(
                        () -> breakers.stream().map(Breaker::peek).toList(),
                        () -> retries.stream().map(Retry::snapshot).toList(),
                        time)
                .attention();
    }

    private void refused(int times) {
        for (int i = 0; i < times; i++) {
            retry.threw(new IOException("down"), 1, retry.begin(), 0);
        }
    }

    @Test
    void callsThatHangAreReportedWithoutAnotherCall() {
        Permit first = orders.acquire();
        long began = first.start();
        orders.acquire().start();
        time.advanceMillis(29_000);
        assertThat(report()).isEmpty();
        time.advanceMillis(2_200);
        assertThat(report()).singleElement().satisfies(need -> {
            assertThat(need.cause()).isEqualTo(Cause.HANGING);
            assertThat(need.why()).matches("2 calls have been running for more than 1000 ms, the oldest for 3[12] s");
            assertThat(need.since())
                    .isBetween(
                            time.instant().minusMillis(31_400), time.instant().minusMillis(31_200));
        });
        assertThat(orders.snapshot().state()).as("a report changes nothing").isEqualTo(CircuitState.CLOSED);
        first.returned("late", began);
        assertThat(report())
                .singleElement()
                .satisfies(need -> assertThat(need.why()).startsWith("1 call has been running"));
        assertThat(received).hasSize(1);
    }

    @Test
    void whenNoCallHangsAnyLongerItIsOver() {
        Permit permit = orders.acquire();
        long began = permit.start();
        time.advanceMillis(60_000);
        report();
        permit.threw(new IOException("time-out"), began);
        assertThat(report()).isEmpty();
        assertThat(received)
                .extracting(BreakerAttention::cause, BreakerAttention::over)
                .containsExactly(tuple(Cause.HANGING, false), tuple(Cause.HANGING, true));
        assertThat(received.get(1).why()).isEqualTo("no call has been running that long");
    }

    @Test
    void slowCallsAreNoHangUntilTheyTakeHalfAMinute() {
        orders.acquire().start();
        time.advanceMillis(5_000);
        assertThat(orders.snapshot().overdueCalls()).isEqualTo(1);
        assertThat(report()).isEmpty();
    }

    @Test
    void aTrialThatHangsIsReportedToo() {
        orders.forceOpen("drill");
        orders.automatic();
        assertThat(orders.snapshot().state()).isEqualTo(CircuitState.HALF_OPEN);
        orders.acquire().start();
        time.advanceMillis(40_000);
        assertThat(report())
                .singleElement()
                .satisfies(need -> assertThat(need.why())
                        .isEqualTo("1 call has been running for more than 1000 ms, the oldest for 40 s"));
    }

    @Test
    void withoutSlowCallMillisNothingIsKnown() {
        orders.update(now -> now.with(Map.of(Setting.SLOW_CALL_MILLIS, 0)));
        orders.acquire().start();
        time.advanceMillis(600_000);
        assertThat(orders.snapshot().overdueCalls()).isZero();
        assertThat(report()).isEmpty();
    }

    @Test
    void aBudgetThatRefusesRetriesIsReportedWhileItLasts() {
        assertThat(report()).isEmpty();
        refused(3);
        assertThat(report()).singleElement().satisfies(need -> {
            assertThat(need.name()).isEqualTo("orders");
            assertThat(need.cause()).isEqualTo(Cause.RETRY_BUDGET);
            assertThat(need.why())
                    .isEqualTo("its budget has refused 3 retries; BudgetPercent is 20.0, MinRetriesPerSecond is 0");
        });
        Instant began = time.instant();
        time.advanceMillis(60_000);
        refused(1);
        assertThat(report()).singleElement().satisfies(need -> {
            assertThat(need.why()).startsWith("its budget has refused 4 retries");
            assertThat(need.since()).isEqualTo(began);
        });
        time.advanceMillis(60_001);
        assertThat(report()).isEmpty();
        refused(1);
        assertThat(report())
                .singleElement()
                .satisfies(need -> assertThat(need.why()).startsWith("its budget has refused a retry;"));
        assertThat(received).extracting(BreakerAttention::over).containsExactly(false, true, false);
    }

    @Test
    void manyReportsMakeOneCaseOfRefusalsNowAndThen() {
        for (int second = 0; second < 300; second++) {
            if (second % 20 == 0) {
                refused(1);
            }
            assertThat(report()).hasSize(1);
            time.advanceMillis(1_000);
        }
        assertThat(received).hasSize(1);
    }

    @Test
    void bothAreInTheLogAndRetriesThatAreRemovedNeedNoAttention() {
        try (RecordedLog log = new RecordedLog()) {
            refused(1);
            log.lines().clear();
            report();
            breakers = List.of();
            refused(1);
            assertThat(report()).as("retries without a breaker").hasSize(1);
            retries = List.of();
            assertThat(report()).isEmpty();
            assertThat(log.lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith(
                                            "WARNING SGR0028: orders needs attention: its budget has refused a retry"),
                            line -> assertThat(line)
                                    .isEqualTo("INFO SGR0029: orders no longer needs attention: it was removed"));
        }
    }
}
