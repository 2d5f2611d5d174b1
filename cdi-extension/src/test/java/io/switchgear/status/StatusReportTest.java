// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusReportTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private static Breaker breaker(String name) {
        BreakerSettings settings =
                BreakerSettings.builder().failureThreshold(1).openMillis(90_000).build();
        return new Breaker(name, settings, FailureRule.ANY, () -> 0, () -> NOW, transition -> {});
    }

    private static StatusReport report(Breaker... breakers) {
        return StatusReport.of(List.of(breakers).stream().map(Breaker::snapshot).toList(), List.of(), NOW);
    }

    @Test
    void whatIsMostUrgentComesFirstAndAllIsCounted() {
        Breaker open = breaker("zebra");
        open.acquire().threw(new IOException("down"), 0);
        Breaker halfOpen = breaker("yak");
        halfOpen.acquire().threw(new IOException("down"), 0);
        halfOpen.halfOpenNow();
        Breaker observing = breaker("xerus");
        observing.observe("new here");
        Breaker tuned = breaker("wolf");
        tuned.by("alice").update(now -> now.toBuilder().successThreshold(1).build());
        Breaker off = breaker("vole");
        off.acquire().threw(new IOException("down"), 0);
        off.by("alice").update(now -> now.toBuilder().enabled(false).build());
        StatusReport report = report(breaker("ant"), tuned, off, observing, halfOpen, open);
        assertThat(report.breakers())
                .extracting(BreakerStatus::name)
                .containsExactly("zebra", "yak", "vole", "xerus", "wolf", "ant");
        assertThat(report)
                .returns(false, StatusReport::healthy)
                .returns(4, StatusReport::closed)
                .returns(1, StatusReport::halfOpen)
                .returns(1, StatusReport::open)
                .returns(1, StatusReport::off)
                .returns(1, StatusReport::overridden)
                .returns(2, StatusReport::changed)
                .returns(NOW, StatusReport::at);
        assertThat(report.lines(10))
                .containsExactly(
                        "OPEN       zebra  another 90 s, 0 of 1 call rejected, 1 failed, since 2026-01-02T03:04:05Z,"
                                + " 1 failure (threshold 1), the last with java.io.IOException",
                        "HALF_OPEN  yak    0 trials succeeded, 0 of 1 call rejected, 1 failed, since 2026-01-02T03:04:05Z, 1"
                                + " failure (threshold 1), the last with java.io.IOException",
                        "OFF        vole   0 of 1 call rejected, 1 failed, 1 setting changed, since"
                                + " 2026-01-02T03:04:05Z",
                        "CLOSED     xerus  OBSERVING \"new here\", 0 of 0 calls rejected, 0 failed, since"
                                + " 2026-01-02T03:04:05Z",
                        "CLOSED     wolf   0 of 0 calls rejected, 0 failed, 1 setting changed",
                        "CLOSED     ant    0 of 0 calls rejected, 0 failed");
    }

    @Test
    void aBreakersStatusIsThatOfItsSnapshot() {
        Breaker users = breaker("users");
        users.acquire().threw(new IOException("down"), 0);
        assertThat(report(users).breakers())
                .containsExactly(new BreakerStatus(
                        "users",
                        true,
                        CircuitState.OPEN,
                        BreakerMode.AUTOMATIC,
                        "",
                        false,
                        1,
                        1,
                        0,
                        0,
                        "java.io.IOException",
                        NOW,
                        "1 failure (threshold 1), the last with java.io.IOException",
                        NOW,
                        NOW,
                        90_000,
                        0,
                        "admits no call, as 1 failure (threshold 1), the last with java.io.IOException",
                        0,
                        0));
    }

    @Test
    void withAllClosedOrNoneThereAllIsWell() {
        assertThat(report().healthy()).isTrue();
        assertThat(report(breaker("users")).healthy()).isTrue();
    }

    @Test
    void linesAreBounded() {
        Breaker[] many = IntStream.range(0, 30).mapToObj(i -> breaker("b" + i)).toArray(Breaker[]::new);
        assertThat(report(many).lines(7)).hasSize(8).endsWith("and 23 more");
        assertThat(report(many).lines(30)).hasSize(30);
    }
}
