// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the attributes of a breaker's MBean change its settings, and which values they refuse. */
class BreakerMBeanSettingsTest extends BreakerMBeanTestCase {
    static List<Setting> settings() {
        return Setting.of(TunableKind.BREAKER);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingIsAnnouncedWithItsDefaultAndBoundsAndTakesEffect(Setting setting) throws Exception {
        MBeanAttributeInfo info = Arrays.stream(server.getMBeanInfo(name).getAttributes())
                .filter(each -> each.getName().equals(setting.attributeName()))
                .findFirst()
                .orElseThrow();
        assertThat(info.isWritable()).isTrue();
        assertThat(info.getDescriptor().getFieldValue("defaultValue"))
                .hasToString(setting.defaultValue().toString());
        Object wanted;
        if (setting.range() == null) {
            assertThat((String[]) info.getDescriptor().getFieldValue("legalValues"))
                    .containsExactlyElementsOf(setting.legalValues());
            wanted = setting.legalValues().get(1);
        } else {
            assertThat(info.getDescriptor().getFieldValue("minValue"))
                    .isEqualTo(setting.range().min());
            assertThat(info.getDescriptor().getFieldValue("maxValue"))
                    .isEqualTo(setting.range().max());
            assertThat(info.getDescriptor().getFieldValue("units")).isEqualTo(setting.unit());
            boolean isMax = ((Number) get(setting.attributeName())).longValue()
                    == setting.range().max();
            wanted = isMax ? setting.range().min() + 1 : setting.range().max();
        }
        set(setting.attributeName(), wanted);
        assertThat(breaker.snapshot().settings().get(setting)).satisfies(inForce -> {
            if (inForce instanceof Number number) {
                assertThat(number.doubleValue()).isEqualTo(((Number) wanted).doubleValue());
            } else {
                assertThat(inForce).hasToString(wanted.toString());
            }
        });
        assertThat(get(setting.attributeName()))
                .hasToString(breaker.snapshot().settings().get(setting).toString());
        assertThat(get("LastChange").toString()).contains(setting.attributeName() + " from ");
    }

    static Stream<Object> badThresholds() {
        return Stream.of(0, -1, 1_000_001, Long.MAX_VALUE, 2.5, Double.NaN, "", "many", "String", true, List.of(1));
    }

    @ParameterizedTest
    @MethodSource("badThresholds")
    void aRefusedValueIsOneSentenceAndLeavesTheOldOneInPlace(Object value) throws Exception {
        assertThatThrownBy(() -> set("FailureThreshold", value))
                .isExactlyInstanceOf(InvalidAttributeValueException.class)
                .hasMessageStartingWith("FailureThreshold must be a whole number >= 1 and <= 1000000 but was ");
        assertThat(get("FailureThreshold")).isEqualTo(3);
        assertThat(get("LastRefusedChange").toString()).contains("FailureThreshold must be a whole number");
        assertThat(get("LastChange")).isEqualTo("");
    }

    @Test
    void whatStaysTheSameIsNoChange() throws Exception {
        set("FailureThreshold", 3);
        assertThat(get("LastChange")).isEqualTo("");
        invoke("forceOpen", "drill");
        assertThat(get("LastChange").toString()).contains("Z mode FORCED_OPEN: drill, by ");
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> set("FailureThreshold", null))
                .isExactlyInstanceOf(InvalidAttributeValueException.class)
                .hasMessageEndingWith("but was null");
        assertThatThrownBy(() -> set("Mode", null))
                .isExactlyInstanceOf(InvalidAttributeValueException.class)
                .hasMessage("Mode must be one of AUTOMATIC, FORCED_OPEN, FORCED_CLOSED, OBSERVING but was null");
    }

    @Test
    void aContradictionNamesBothSettings() throws Exception {
        set("TripOn", "CALL_WINDOW");
        assertThatThrownBy(() -> set("MinimumCalls", 200))
                .isExactlyInstanceOf(InvalidAttributeValueException.class)
                .hasMessage("MinimumCalls must be <= WindowCalls (100, the default) but was 200");
        assertThat(get("MinimumCalls")).isEqualTo(20);
    }

    @Test
    void longTextIsShortenedAndControlCharactersAreStripped() throws Exception {
        assertThatThrownBy(() -> set("FailureThreshold", "1\n2".repeat(10_000)))
                .isExactlyInstanceOf(InvalidAttributeValueException.class)
                .extracting(Throwable::getMessage)
                .satisfies(message ->
                        assertThat(message.toString()).hasSizeLessThan(220).doesNotContain("\n"));
        invoke("forceOpen", "line one\nline two\r\u0007" + "x".repeat(10_000));
        assertThat(get("ModeReason").toString())
                .startsWith("line one line two")
                .hasSizeLessThan(210)
                .doesNotContain("\n");
    }

    @Test
    void severalAttributesAreSetTogetherOrNotAtAll() throws Exception {
        AttributeList good = new AttributeList();
        good.add(new Attribute("WindowCalls", 300));
        good.add(new Attribute("MinimumCalls", 200));
        good.add(new Attribute("TripOn", "CALL_WINDOW"));
        good.add(new Attribute("Mode", "OBSERVING"));
        assertThat(server.setAttributes(name, good)).hasSize(4);
        assertThat(get("MinimumCalls")).isEqualTo(200);
        assertThat(get("Mode")).isEqualTo("OBSERVING");

        Map<String, Object> before = all();
        AttributeList bad = new AttributeList();
        bad.add(new Attribute("FailureThreshold", 9));
        bad.add(new Attribute("Mode", "FORCED_OPEN"));
        bad.add(new Attribute("MinimumCalls", 400));
        assertThat(server.setAttributes(name, bad)).isEmpty();
        assertThat(get("LastRefusedChange").toString())
                .contains("MinimumCalls must be <= WindowCalls (300) but was 400, by ");
        Map<String, Object> after = all();
        before.remove("LastRefusedChange");
        after.remove("LastRefusedChange");
        assertThat(after)
                .hasSize(85)
                .isEqualTo(before)
                .containsEntry("FailureThreshold", 3)
                .containsEntry("Mode", "OBSERVING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"State", "CallsTotal", "FailOn", "NoSuchThing"})
    void whatIsNoSettingCannotBeSet(String attribute) {
        assertThatThrownBy(() -> set(attribute, 1))
                .isExactlyInstanceOf(AttributeNotFoundException.class)
                .hasMessageStartingWith(attribute);
    }
}
