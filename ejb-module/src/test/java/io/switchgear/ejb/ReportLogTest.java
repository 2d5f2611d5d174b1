// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerAttention;
import io.switchgear.status.StatusReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A report in the log says something new, or reminds of what needs attention. */
class ReportLogTest {
    private long nanos;
    private final ReportLog log = new ReportLog(Duration.ofMinutes(1));
    private final Breaker orders = breaker("orders");
    private final Breaker users = breaker("users");
    private List<Breaker> breakers = List.of(orders, users);
    private List<BreakerAttention> attention = List.of();

    private Instant now() {
        return Instant.parse("2026-01-02T03:04:05Z").plusNanos(nanos);
    }

    private Breaker breaker(String name) {
        return new Breaker(name, BreakerSettings.defaults(), FailureRule.ANY, () -> nanos, this::now, transition -> {});
    }

    /** Returns the text of the report of the next minute. */
    private Optional<String> report() {
        nanos += 60_000_000_000L;
        return log.text(StatusReport.of(breakers.stream().map(Breaker::snapshot).toList(), attention, now()));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            orders.acquire().threw(new IOException("down"), 0);
        }
    }

    @Test
    void whenAllIsWellItIsLoggedOnceHoweverManyCallsThereAre() throws Exception {
        assertThat(report()).get().asString().contains("Circuit breakers: 2", "CLOSED     orders", "CLOSED     users");
        for (int i = 0; i < 1_000; i++) {
            orders.call(() -> "ok");
            fail(1);
            assertThat(report()).isEmpty();
        }
    }

    @Test
    void anOutageIsLoggedWhenItBeginsAndWhenItEnds() {
        report();
        fail(5);
        assertThat(report())
                .get()
                .asString()
                .contains("open: 0, half-open: 1", "HALF_OPEN  orders", "and 1 more")
                .doesNotContain("users");
        for (int i = 0; i < 100; i++) {
            fail(1);
            assertThat(report()).as("a failed trial says nothing new").isEmpty();
        }
        orders.reset();
        assertThat(report()).get().asString().doesNotContain("orders", "more").contains("open: 0, half-open: 0");
        assertThat(report()).isEmpty();
    }

    @Test
    void anotherOutageIsNews() {
        report();
        fail(5);
        report();
        orders.reset();
        nanos += 1;
        fail(5);
        assertThat(report()).isPresent();
        assertThat(report()).isEmpty();
    }

    @Test
    void modesAndChangedSettingsAreNews() {
        report();
        users.update(now -> now.with(Map.of(Setting.FAILURE_THRESHOLD, 7)));
        assertThat(report()).isPresent();
        users.observe("new here");
        assertThat(report()).isPresent();
        users.observe("still new");
        assertThat(report()).isPresent();
        assertThat(report()).isEmpty();
        users.automatic();
        users.revertSettings();
        assertThat(report()).isPresent();
        assertThat(report()).isEmpty();
    }

    @Test
    void whatNeedsAttentionIsRepeatedOnceAnHour() {
        report();
        users.forceOpen("vendor repairs");
        report();
        attention = List.of(new BreakerAttention(
                "users", BreakerAttention.Cause.FORCED, false, now(), now(), "it has been FORCED_OPEN for 61 min"));
        List<Integer> logged = new ArrayList<>();
        for (int minute = 0; minute <= 150; minute++) {
            if (report().isPresent()) {
                logged.add(minute);
            }
        }
        assertThat(logged).containsExactly(0, 60, 120);
        attention = List.of();
        assertThat(report()).isPresent();
        assertThat(report()).isEmpty();
    }

    @Test
    void breakersThatComeAndGoAreNoNewsUnlessTheyAreTheFirst() {
        breakers = List.of();
        assertThat(report()).contains("No circuit breakers yet");
        assertThat(report()).isEmpty();
        breakers = List.of(orders);
        assertThat(report()).get().asString().contains("CLOSED     orders");
        breakers = List.of(orders, users);
        assertThat(report()).isEmpty();
    }
}
