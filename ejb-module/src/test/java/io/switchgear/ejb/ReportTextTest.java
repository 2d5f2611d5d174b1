// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerAttention;
import io.switchgear.status.StatusReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The status report as text for the log. */
class ReportTextTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void withoutBreakersItIsOneLine() {
        assertThat(ReportText.of(StatusReport.of(List.of(), List.of(), NOW), 10))
                .isEqualTo("No circuit breakers yet");
    }

    @Test
    void whatNeedsAttentionComesFirstThenALineForEachBreaker() {
        Breaker users = breaker("users");
        Breaker ads = breaker("ads");
        ads.forceOpen("vendor repairs");
        BreakerAttention forced = new BreakerAttention(
                "ads", BreakerAttention.Cause.FORCED, false, NOW, NOW, "it has been FORCED_OPEN for 61 min");
        StatusReport report = StatusReport.of(List.of(users.snapshot(), ads.snapshot()), List.of(forced), NOW);
        assertThat(ReportText.of(report, 10)).isEqualToNormalizingNewlines("""
                        Circuit breakers: 2, open: 1, half-open: 0, off: 0, overridden: 1, changed: 0, in need of attention: 1
                          ! ads: it has been FORCED_OPEN for 61 min
                          OPEN       ads    FORCED_OPEN "vendor repairs", 0 of 0 calls rejected, 0 failed, since \
                        2026-01-02T03:04:05Z
                          CLOSED     users  0 of 0 calls rejected, 0 failed""");
    }

    private static Breaker breaker(String name) {
        return new Breaker(name, BreakerSettings.defaults(), FailureRule.ANY, () -> 0, () -> NOW, transition -> {});
    }
}
