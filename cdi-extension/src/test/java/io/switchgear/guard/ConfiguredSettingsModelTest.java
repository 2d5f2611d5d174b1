// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Reconfigurable;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import io.switchgear.time.Time;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random changes by operators and by configuration, undone and reverted: what is true after each of them. */
class ConfiguredSettingsModelTest {
    private static final List<Setting> OF_BREAKERS =
            List.of(Setting.FAILURE_THRESHOLD, Setting.WINDOW_CALLS, Setting.MINIMUM_CALLS, Setting.TRIP_ON);
    private static final List<Setting> OF_RETRIES =
            List.of(Setting.MAX_ATTEMPTS, Setting.DELAY_MILLIS, Setting.MAX_DELAY_MILLIS);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void breakersAndLayersKeepWhatAnOperatorChangedAboveWhatIsConfigured(int seed) {
        play(new Breaker("b", BreakerSettings.defaults(), FailureRule.ANY, transition -> {}), OF_BREAKERS, seed);
        play(new Retry("r", RetrySettings.defaults(), FailureRule.ANY, Time.SYSTEM), OF_RETRIES, seed);
    }

    private static <S extends TunableSettings<S>> void play(
            Reconfigurable<S> tunable, List<Setting> settings, int seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 2_000; step++) {
            Map<Setting, Object> values = new EnumMap<>(Setting.class);
            for (Setting setting : settings) {
                if (random.nextBoolean()) {
                    values.put(
                            setting,
                            setting == Setting.TRIP_ON
                                    ? setting.legalValues().get(random.nextInt(3))
                                    : 1 + random.nextInt(30));
                }
            }
            Set<Setting> operators = EnumSet.noneOf(Setting.class);
            operators.addAll(tunable.snapshot().changedBy().keySet());
            S before = tunable.snapshot().settings();
            S configured = tunable.configuredSettings();
            try {
                switch (random.nextInt(8)) {
                    case 0 -> tunable.by("undo").undoLastChange();
                    case 1 -> tunable.by("revert").revertSettings();
                    case 2, 3, 4 -> {
                        S next = configured.with(values);
                        tunable.configure(next, "configuration");
                        assertThat(tunable.configuredSettings()).isEqualTo(next);
                        for (Setting setting : Setting.of(next.kind())) {
                            assertThat(tunable.snapshot().settings().get(setting))
                                    .isEqualTo((operators.contains(setting) ? before : next).get(setting));
                        }
                    }
                    default -> tunable.by("operator").update(present -> present.with(values));
                }
            } catch (InvalidSettingsException contradiction) {
                assertThat(tunable.snapshot().settings()).isEqualTo(before);
                assertThat(tunable.configuredSettings()).isEqualTo(configured);
            } catch (IllegalStateException nothingToUndo) {
                assertThat(nothingToUndo).hasMessage("no change of settings is left to undo");
            }
            check(tunable);
        }
    }

    private static <S extends TunableSettings<S>> void check(Reconfigurable<S> tunable) {
        var snapshot = tunable.snapshot();
        Set<Setting> different = EnumSet.noneOf(Setting.class);
        for (Setting setting : Setting.of(snapshot.settings().kind())) {
            if (!snapshot.settings()
                    .get(setting)
                    .equals(tunable.configuredSettings().get(setting))) {
                different.add(setting);
            }
        }
        assertThat(snapshot.changedBy().keySet()).isEqualTo(different);
        assertThat(snapshot.changedBy().values()).isSubsetOf("operator", "undo");
    }
}
