// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A budget that refuses retries is in the log, with one line in a minute. */
class RefusalsOfTheBudgetTest {
    private final TestTime time = new TestTime();
    private final Retry retry = new Retry(
            "orders",
            RetrySettings.defaults().with(Map.of(Setting.MIN_RETRIES_PER_SECOND, 0)),
            FailureRule.ANY,
            time,
            time,
            () -> 0);
    private final RecordedLog log = new RecordedLog();

    @AfterEach
    void close() {
        log.close();
    }

    private void fail(int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(retry.threw(new IOException("down"), 1, retry.begin(), 0))
                    .isEqualTo(Retry.NO);
        }
    }

    private static String line(String calls) {
        return "WARNING SGR0040: orders: no retry for " + calls + ", as the budget pays for no more until calls"
                + " succeed; BudgetPercent is 20.0, MinRetriesPerSecond is 0";
    }

    @Test
    void theFirstRefusalIsLoggedAndLaterOnesOnceAMinuteWithTheirNumber() {
        fail(1_000);
        time.advanceMillis(59_999);
        fail(1);
        assertThat(log.lines()).containsExactly(line("1 call"));
        time.advanceMillis(1);
        fail(500);
        time.advanceMillis(60_000);
        fail(1);
        assertThat(log.lines())
                .containsExactly(
                        line("1 call"),
                        line("1001 calls since the last such line"),
                        line("500 calls since the last such line"));
        assertThat(retry.snapshot().refusedByBudget()).isEqualTo(1_502);
    }

    @Test
    void failuresThatAreNotRetriedForOtherReasonsAreNotLogged() {
        retry.by("alice").update(now -> now.maxAttempts(1));
        log.lines().clear();
        fail(10);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aBudgetThatPaysLogsNothing() {
        for (int i = 0; i < 5; i++) {
            retry.returned("ok", 1, retry.begin(), 0);
        }
        assertThat(retry.threw(new IOException("down"), 1, retry.begin(), 0)).isNotEqualTo(Retry.NO);
        assertThat(log.lines()).isEmpty();
    }
}
