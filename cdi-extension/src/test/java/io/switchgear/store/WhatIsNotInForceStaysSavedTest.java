// SPDX-License-Identifier: Apache-2.0
package io.switchgear.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.guard.Retry;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsControl;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableSnapshot;
import io.switchgear.time.Time;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Saved settings that are ignored, or not yet applied, stay in the store when others are saved. */
class WhatIsNotInForceStaysSavedTest {
    private static final String LONGEST = "1000000";

    private final Shelf shelf = new Shelf();
    private final RecordedLog log = new RecordedLog();
    private SavedSettings saved;
    private Breaker ignored;

    @BeforeEach
    void startWithWindowsThatAreTooLongTogether() {
        IntStream.range(10, 112).forEach(i -> shelf.kept.put("b" + i, Map.of(Setting.WINDOW_CALLS, LONGEST)));
        start();
    }

    private void start() {
        saved = SavedSettings.in(shelf, true);
        ignored = new Breaker("b99", BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
        saved.applyTo(ignored);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void change(Setting setting, Object value) {
        ignored.by("alice").update(now -> now.with(Map.of(setting, value)));
        saved.changed(List.of(ignored));
    }

    @Test
    void theFirstBreakersAreNamed() {
        assertThat(log.lines())
                .containsExactly("WARNING SGR0046: WindowCalls of 2 breakers (\"b98\", \"b99\") in a shelf is ignored,"
                        + " as that of all together must be <= 100000000; lower it there");
        shelf.kept.put("b1", Map.of(Setting.WINDOW_CALLS, LONGEST));
        shelf.kept.put("b2", Map.of(Setting.WINDOW_CALLS, LONGEST));
        start();
        assertThat(log.lines())
                .last()
                .asString()
                .contains("of 4 breakers (\"b96\", \"b97\", \"b98\" and others) in a shelf");
    }

    @Test
    void anIgnoredWindowStaysWhenAnotherSettingIsSaved() {
        assertThat(ignored.snapshot().settings()).isEqualTo(BreakerSettings.defaults());
        change(Setting.FAILURE_THRESHOLD, 3);
        assertThat(shelf.kept.get("b99"))
                .isEqualTo(Map.of(Setting.FAILURE_THRESHOLD, "3", Setting.WINDOW_CALLS, LONGEST));
        ignored.by("alice").revertSettings();
        saved.changed(List.of(ignored));
        assertThat(shelf.kept.get("b99")).isEqualTo(Map.of(Setting.WINDOW_CALLS, LONGEST));
        saved.stopping(List.of(ignored));
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void anIgnoredWindowIsReplacedByAChange() {
        change(Setting.WINDOW_CALLS, 500);
        assertThat(shelf.kept.get("b99")).isEqualTo(Map.of(Setting.WINDOW_CALLS, "500"));
        saved.removed(ignored);
        Breaker next = new Breaker("b99", BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
        saved.applyTo(next);
        assertThat(next.snapshot().settings().windowCalls()).isEqualTo(500);
        next.by("alice").revertSettings();
        saved.changed(List.of(next));
        assertThat(shelf.kept).doesNotContainKey("b99");
    }

    @Test
    void anIgnoredWindowCanBeForgotten() {
        assertThat(saved.forget("b99"::equals)).containsExactly("b99");
        change(Setting.FAILURE_THRESHOLD, 3);
        assertThat(shelf.kept.get("b99")).isEqualTo(Map.of(Setting.FAILURE_THRESHOLD, "3"));
    }

    @Test
    void aLongWindowOfABreakerThatComesLaterIsIgnoredAfterASaveToo() {
        change(Setting.FAILURE_THRESHOLD, 3);
        saved.removed(ignored);
        Breaker next = new Breaker("b99", BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
        saved.applyTo(next);
        assertThat(next.snapshot().settings().windowCalls())
                .isEqualTo(BreakerSettings.defaults().windowCalls());
        assertThat(next.snapshot().settings().failureThreshold()).isEqualTo(3);
    }

    /** Settings of a retry that are saved together with those of a breaker while they are being applied. */
    private record AppliedMeanwhile(Tunable<RetrySettings> retry, Runnable saveOfNamesake)
            implements Tunable<RetrySettings> {
        @Override
        public String name() {
            return retry.name();
        }

        @Override
        public RetrySettings configuredSettings() {
            return retry.configuredSettings();
        }

        @Override
        public RetrySettings settings() {
            return retry.settings();
        }

        @Override
        public TunableSnapshot<RetrySettings> snapshot() {
            return retry.snapshot();
        }

        @Override
        public SettingsControl<RetrySettings> by(String who) {
            saveOfNamesake.run();
            return retry.by(who);
        }
    }

    @Test
    void whatIsBeingAppliedStaysWhenANamesakeIsSaved() {
        Map<Setting, String> both = Map.of(Setting.MAX_ATTEMPTS, "7", Setting.FAILURE_THRESHOLD, "3");
        shelf.kept.put("b99", both);
        start();
        Retry retry = new Retry("b99", RetrySettings.defaults(), FailureRule.ANY, Time.SYSTEM);
        Tunable<RetrySettings> applied = new AppliedMeanwhile(retry, () -> saved.save(List.of(ignored)));
        saved.applyTo(applied);
        assertThat(shelf.kept.get("b99")).isEqualTo(both);
        assertThat(retry.snapshot().settings().maxAttempts()).isEqualTo(7);
        retry.by("alice").revertSettings();
        saved.changed(List.of(applied));
        assertThat(shelf.kept.get("b99")).isEqualTo(Map.of(Setting.FAILURE_THRESHOLD, "3"));
    }
}
