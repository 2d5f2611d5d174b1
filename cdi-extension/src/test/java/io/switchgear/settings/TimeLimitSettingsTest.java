// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.TimeLimiting;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The settings of time limits, and their annotation. */
class TimeLimitSettingsTest {
    @Test
    void theAnnotationHasTheNamesAndDefaultsOfTheRecord() throws Exception {
        assertThat(Arrays.stream(TimeLimiting.class.getDeclaredMethods()).map(Method::getName))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("name"),
                                Setting.of(TunableKind.TIME_LIMIT).stream().map(Setting::memberName))
                        .toList());
        for (Setting setting : Setting.of(TunableKind.TIME_LIMIT)) {
            assertThat(TimeLimiting.class.getMethod(setting.memberName()).getDefaultValue())
                    .as(setting.memberName())
                    .isEqualTo(setting.defaultValue());
        }
    }

    @Test
    void aLimitOfTrialsAboveTheLimitIsRefused() {
        TimeLimitSettings settings = TimeLimitSettings.defaults().limitMillis(100);
        assertThat(settings.trialLimitMillis(100).trialLimitMillis()).isEqualTo(100);
        assertThatThrownBy(() -> settings.trialLimitMillis(101))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("trialLimitMillis must be <= limitMillis (100) but was 101");
        assertThatThrownBy(() -> settings.trialLimitMillis(100).limitMillis(99))
                .hasMessage("trialLimitMillis must be <= limitMillis (99) but was 100");
        assertThat(settings.trialLimitMillis(100)
                        .with(Map.of(Setting.LIMIT_MILLIS, 50, Setting.TRIAL_LIMIT_MILLIS, 40)))
                .as("both at once")
                .isEqualTo(settings.limitMillis(50).trialLimitMillis(40));
    }

    @Test
    void eachSettingCanBeChangedAlone() {
        TimeLimitSettings settings = TimeLimitSettings.defaults()
                .limit(Duration.ofSeconds(2))
                .trialLimit(Duration.ofMillis(100).plusNanos(1))
                .interrupt(false)
                .stackFrames(7)
                .enabled(false);
        assertThat(settings).isEqualTo(new TimeLimitSettings(false, 2_000, 101, false, 7));
    }

    @Test
    void aKindOfTwoWordsHasOneKeyAndOneNoun() {
        assertThat(TunableKind.TIME_LIMIT.word()).isEqualTo("time-limit");
        assertThat(TunableKind.TIME_LIMIT.noun()).isEqualTo("time limit");
        assertThat(TunableKind.TIME_LIMIT.label("orders")).isEqualTo("time limit orders");
        assertThat(NamedSetting.ofKey("switchgear.time-limit.\"orders\".limit-millis"))
                .contains(new NamedSetting("orders", Setting.LIMIT_MILLIS));
    }
}
