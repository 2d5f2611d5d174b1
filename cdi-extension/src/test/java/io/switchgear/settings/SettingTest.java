// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingTest {
    private static final Set<String> UNITS = Set.of(
            "",
            "attempts",
            "calls",
            "failures",
            "frames",
            "milliseconds",
            "percent",
            "bytes",
            "responses",
            "retries/s",
            "trials",
            "values");

    @ParameterizedTest
    @EnumSource(TunableKind.class)
    void theTableListsTheComponentsOfTheRecordInTheirOrder(TunableKind kind) {
        RecordComponent[] components = DefaultSettings.of(kind).getClass().getRecordComponents();
        List<Setting> settings = Setting.of(kind);
        assertThat(components).extracting(RecordComponent::getName).isEqualTo(names(settings));
        assertThat(Arrays.<Class<?>>asList(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new)))
                .isEqualTo(settings.stream().map(Setting::type).toList());
    }

    private static List<String> names(List<Setting> settings) {
        return settings.stream().map(Setting::memberName).toList();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void theRecordHasTheDefaultOfTheTable(Setting setting) {
        assertThat(DefaultSettings.of(setting.kind()).get(setting)).isEqualTo(setting.defaultValue());
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void theUnitIsOneOfTheList(Setting setting) {
        assertThat(UNITS).contains(setting.unit());
        assertThat(setting.unit().equals("milliseconds"))
                .isEqualTo(setting.memberName().endsWith("Millis"));
        assertThat(setting.unit().equals("percent"))
                .isEqualTo(setting.memberName().endsWith("Percent"));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void settingsOfAnotherKindHaveNoValue(Setting setting) {
        for (TunableKind kind : TunableKind.values()) {
            if (kind != setting.kind()) {
                assertThatThrownBy(() -> DefaultSettings.of(kind).get(setting))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(setting + " is no setting of a " + kind.noun() + " but of a "
                                + setting.kind().noun());
            }
        }
    }
}
