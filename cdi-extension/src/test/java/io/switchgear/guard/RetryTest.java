// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.SettingsChange;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTest {
    private final IOException failure = new IOException("down");
    private final CircuitOpenException rejection =
            new CircuitOpenException("x", CircuitState.OPEN, 1, null, BreakerMode.AUTOMATIC, "");

    private final TestTime time = new TestTime();
    private double chance;

    private Retry retry(RetrySettings settings, FailureRule rule) {
        return new Retry("orders", settings, rule, time, time, () -> chance);
    }

    private static RetrySettings settings(Map<Setting, ?> changes) {
        return RetrySettings.defaults()
                .with(Map.of(Setting.JITTER_PERCENT, 0, Setting.MIN_RETRIES_PER_SECOND, 10_000))
                .with(changes);
    }

    private static long millis(long nanos) {
        return nanos == Retry.NO ? -1 : nanos / 1_000_000;
    }

    @Test
    void eachWaitIsLongerUpToTheLongest() {
        Retry retry =
                retry(settings(Map.of(Setting.MAX_ATTEMPTS, 9, Setting.MAX_DELAY_MILLIS, 2_000)), FailureRule.ANY);
        long started = retry.begin();
        List<Long> waits = new ArrayList<>();
        for (int attempt = 1; attempt <= 9; attempt++) {
            waits.add(millis(retry.threw(failure, attempt, started, 0)));
            if (attempt < 9) {
                retry.repeats();
            }
        }
        assertThat(waits).containsExactly(200L, 400L, 800L, 1_600L, 2_000L, 2_000L, 2_000L, 2_000L, -1L);
        assertThat(retry.snapshot())
                .returns(9L, s -> s.attempts())
                .returns(8L, s -> s.retries())
                .returns(1L, s -> s.givenUp())
                .returns(0L, s -> s.recovered());
    }

    @Test
    void noWaitOverflows() {
        Retry retry = retry(
                settings(Map.of(
                        Setting.MAX_ATTEMPTS, 100,
                        Setting.DELAY_MILLIS, 3_600_000,
                        Setting.MAX_DELAY_MILLIS, 3_600_000,
                        Setting.BACKOFF_FACTOR, 10,
                        Setting.MAX_DURATION_MILLIS, 0)),
                FailureRule.ANY);
        long started = retry.begin();
        for (int attempt = 1; attempt < 100; attempt++) {
            assertThat(millis(retry.threw(failure, attempt, started, 0))).isEqualTo(3_600_000);
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 0, 200", "100, 0.5, 100", "100, 0.999, 0", "25, 0.999, 150", "0, 0.999, 200"})
    void jitterTakesARandomPartOfTheWait(double percent, double drawn, long wait) {
        chance = drawn;
        Retry retry = retry(settings(Map.of(Setting.JITTER_PERCENT, percent)), FailureRule.ANY);
        assertThat(millis(retry.threw(failure, 1, retry.begin(), 0))).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "0.25, 150", "0.5, 200", "0.75, 250", "1, 300"})
    void jitterInMillisecondsProlongsOrShortensTheWait(double drawn, long wait) {
        chance = drawn;
        Retry retry = retry(settings(Map.of(Setting.JITTER_MILLIS, 100)), FailureRule.ANY);
        assertThat(millis(retry.threw(failure, 1, retry.begin(), 0))).isEqualTo(wait);
    }

    @Test
    void noWaitIsBelowZero() {
        Retry retry = retry(settings(Map.of(Setting.DELAY_MILLIS, 10, Setting.JITTER_MILLIS, 1_000)), FailureRule.ANY);
        assertThat(retry.threw(failure, 1, retry.begin(), 0)).isZero();
    }

    @Test
    void aRuleOfTheListsAloneRetriesRejectionsAndInterruptions() {
        FailureRule lists = new FailureRule(List.of(Exception.class), List.of(), null, true);
        Retry retry = retry(settings(Map.of()), lists);
        assertThat(retry.retriesRejections()).isTrue();
        assertThat(millis(retry.threw(new InterruptedException(), 1, retry.begin(), 0)))
                .isEqualTo(200);
        assertThat(millis(retry.threw(new AssertionError(), 1, retry.begin(), 0)))
                .isEqualTo(-1);
    }

    @Test
    void noRetryBeginsAfterTheLongestDuration() {
        Retry retry = retry(settings(Map.of(Setting.MAX_DURATION_MILLIS, 1_000)), FailureRule.ANY);
        long started = retry.begin();
        time.advanceMillis(800);
        assertThat(millis(retry.threw(failure, 1, started, 0))).isEqualTo(200);
        time.advanceMillis(1);
        assertThat(retry.threw(failure, 1, started, 0)).isEqualTo(Retry.NO);
        assertThat(retry.snapshot().givenUp()).isEqualTo(1);
    }

    @Test
    void theServiceMayRequestALongerWaitButNotAShorterOne() {
        Retry retry = retry(settings(Map.of()), FailureRule.ANY);
        assertThat(millis(retry.threw(failure, 1, retry.begin(), 5_000_000_000L)))
                .isEqualTo(5_000);
        assertThat(millis(retry.threw(failure, 1, retry.begin(), 1))).isEqualTo(200);
        assertThat(retry.threw(failure, 1, retry.begin(), Long.MAX_VALUE)).isEqualTo(Retry.NO);
    }

    @Test
    void onlyWhatIsNamedIsRetriedAndAbortWins() {
        Retry retry = retry(settings(Map.of()), new FailureRule(List.of(Exception.class), List.of(IOException.class)));
        long started = retry.begin();
        assertThat(retry.threw(failure, 1, started, 0)).isEqualTo(Retry.NO);
        assertThat(retry.threw(new AssertionError(), 1, started, 0)).isEqualTo(Retry.NO);
        assertThat(millis(retry.threw(new IllegalStateException(), 1, started, 0)))
                .isEqualTo(200);
        assertThat(retry.snapshot().givenUp())
                .as("none of these might have been retried")
                .isZero();
    }

    @Test
    void interruptionCancellationAndRejectionAreNotRetried() {
        Retry retry = retry(settings(Map.of()), FailureRule.ANY);
        for (Throwable thrown : List.of(new InterruptedException(), new CancellationException(), rejection)) {
            assertThat(retry.threw(thrown, 1, retry.begin(), 0)).isEqualTo(Retry.NO);
        }
        assertThat(retry.snapshot().retries()).isZero();
    }

    @Test
    void aRejectionIsRetriedIfItIsNamed() {
        FailureRule rule = new FailureRule(List.of(CircuitOpenException.class), List.of());
        Retry retry = retry(settings(Map.of()), rule);
        assertThat(millis(retry.threw(rejection, 1, retry.begin(), 0))).isEqualTo(200);
    }

    @Test
    void aRefusedResultIsRetriedAndOnlyAGoodOneCountsAsRecovered() {
        Retry retry = retry(settings(Map.of()), new FailureRule(List.of(), List.of(), result -> result.equals("bad")));
        long started = retry.begin();
        assertThat(millis(retry.returned("bad", 1, started, 0))).isEqualTo(200);
        assertThat(retry.returned("good", 2, started, 0)).isEqualTo(Retry.NO);
        assertThat(retry.returned("bad", 3, started, 0)).isEqualTo(Retry.NO);
        assertThat(retry.snapshot()).returns(1L, s -> s.recovered()).returns(1L, s -> s.givenUp());
    }

    @Test
    void aChangeCountsFromTheNextFailureOnAndIsReportedWithItsAuthor() {
        Retry retry = retry(settings(Map.of()), FailureRule.ANY);
        List<SettingsChange> changes = new ArrayList<>();
        retry.listen(changes::add);
        long started = retry.begin();
        retry.by("alice").update(now -> now.with(Map.of(Setting.DELAY_MILLIS, 7)));
        assertThat(millis(retry.threw(failure, 1, started, 0))).isEqualTo(7);
        assertThat(retry.snapshot().changedBy()).isEqualTo(Map.of(Setting.DELAY_MILLIS, "alice"));
        assertThat(retry.snapshot().lastChange()).endsWith("DelayMillis from 200 to 7, by alice");
        retry.by("bob").undoLastChange();
        assertThat(millis(retry.threw(failure, 1, started, 0))).isEqualTo(200);
        assertThat(retry.snapshot().changedBy()).isEmpty();
        assertThat(changes).extracting(SettingsChange::by).containsExactly("alice", "bob");
        assertThatThrownBy(() -> retry.by("bob").undoLastChange()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRefusedChangeChangesNothing() {
        Retry retry = retry(settings(Map.of()), FailureRule.ANY);
        RetrySettings before = retry.snapshot().settings();
        assertThatThrownBy(() -> retry.by("alice").update(now -> now.maxAttempts(0)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("maxAttempts must be a whole number >= 1 and <= 1000000 but was 0");
        assertThat(retry.snapshot().settings()).isEqualTo(before);
        assertThat(retry.snapshot().lastChange()).isNull();
    }

    @Test
    void whatIsNotRetriedPaysForNoRetriesAndHasNotRecovered() {
        RetrySettings settings = RetrySettings.defaults().budgetPercent(100).minRetriesPerSecond(0);
        Retry retry = retry(settings, new FailureRule(List.of(IOException.class), List.of()));
        for (int call = 0; call < 50; call++) {
            assertThat(retry.threw(new IllegalStateException("outage"), 2, retry.begin(), 0))
                    .isEqualTo(Retry.NO);
        }
        assertThat(retry.snapshot()).returns(0L, s -> s.budgetBalance()).returns(0L, s -> s.recovered());
    }

    @Test
    void listenersMayChangeSettingsAndAreNotifiedOfThatNext() {
        Retry retry = retry(settings(Map.of()), FailureRule.ANY);
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        retry.listen(change -> {
            first.add(change.by());
            if (change.by().equals("alice")) {
                retry.by("listener").revertSettings();
            }
        });
        retry.listen(change -> second.add(change.by()));
        retry.by("alice").update(now -> now.maxAttempts(7));
        assertThat(first).containsExactly("alice", "listener");
        assertThat(second).isEqualTo(first);
    }
}
