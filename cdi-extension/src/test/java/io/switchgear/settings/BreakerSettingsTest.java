// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaking;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

class BreakerSettingsTest {
    private static final List<String> NOT_TUNABLE = List.of("name", "failOn", "skipOn", "failWhen");

    @Test
    void aSettingHasOneNameInTheAnnotationTheRecordAndTheTable() {
        List<String> names = Setting.of(TunableKind.BREAKER).stream()
                .map(Setting::memberName)
                .toList();
        assertThat(BreakerSettings.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .containsExactlyElementsOf(names);
        assertThat(Arrays.stream(CircuitBreaking.class.getDeclaredMethods()).map(java.lang.reflect.Method::getName))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(names.stream(), NOT_TUNABLE.stream()).toList());
    }

    @Test
    void theAnnotationHasTheDefaultsOfTheRecord() throws Exception {
        for (Setting setting : Setting.of(TunableKind.BREAKER)) {
            assertThat(CircuitBreaking.class.getMethod(setting.memberName()).getDefaultValue())
                    .as(setting.memberName())
                    .isEqualTo(setting.defaultValue());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            mode = Mode.EXCLUDE,
            names = {
                "ENABLED",
                "RETRY_ENABLED",
                "FALLBACK_ENABLED",
                "TIME_LIMIT_ENABLED",
                "BULKHEAD_ENABLED",
                "TRIP_ON",
                "CALL_TIMER",
                "ONLY_WHEN_OPEN",
                "CANCEL_PENDING_WHEN_OPEN",
                "RETRY_NON_IDEMPOTENT",
                "INTERRUPT"
            })
    void boundsAreTakenAndWhatLiesBeyondIsRefused(Setting setting) {
        Setting.Range range = setting.range();
        // a delay above the maximum delay is refused for another reason, and so is a trial's limit above the limit
        TunableSettings<?> roomy = switch (setting) {
            case DELAY_MILLIS -> RetrySettings.defaults().with(Map.of(Setting.MAX_DELAY_MILLIS, range.max()));
            case TRIAL_LIMIT_MILLIS -> TimeLimitSettings.defaults().with(Map.of(Setting.LIMIT_MILLIS, range.max()));
            default -> DefaultSettings.of(setting.kind());
        };
        assertThat(roomy.with(Map.of(setting, range.max())).get(setting)).hasToString(text(setting, range.max()));
        assertRefused(setting, range.max() + 1);
        assertRefused(setting, Long.MAX_VALUE);
        assertRefused(setting, range.min() - 1);
        if (range.above()) {
            assertRefused(setting, range.min());
        } else {
            TunableSettings<?> low = setting == Setting.MAX_DELAY_MILLIS
                    ? RetrySettings.defaults().with(Map.of(Setting.DELAY_MILLIS, range.min()))
                    : DefaultSettings.of(setting.kind());
            assertThat(low.with(Map.of(setting, range.min())).get(setting)).hasToString(text(setting, range.min()));
        }
    }

    private static String text(Setting setting, long value) {
        return setting.type() == double.class ? value + ".0" : Long.toString(value);
    }

    private static TunableSettings<?> changed(Setting setting, Object value) {
        return DefaultSettings.of(setting.kind()).with(Map.of(setting, value));
    }

    @Test
    void settingsOfAnotherKindAreRefused() {
        assertThatThrownBy(() -> BreakerSettings.defaults().with(Map.of(Setting.MAX_ATTEMPTS, 5)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("maxAttempts is no setting of a breaker but of a retry");
    }

    private static void assertRefused(Setting setting, Object value) {
        assertThatThrownBy(() -> changed(setting, value))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith(setting.memberName() + " must be ")
                .hasMessageContaining(setting.range().toString())
                .hasMessageEndingWith(
                        "but was " + (value instanceof String ? "\"" + value + "\"" : String.valueOf(value)));
    }

    static Stream<Object> notNumbers() {
        return Stream.of("", "five", "5 calls", "1e400", "0x10", true, 'c', Double.NaN, Double.POSITIVE_INFINITY, 2.5f);
    }

    @ParameterizedTest
    @MethodSource("notNumbers")
    void whatIsNoWholeNumberIsRefused(Object value) {
        assertRefused(Setting.FAILURE_THRESHOLD, value);
    }

    @Test
    void yesAndNoAreTakenByTheirNamesAlone() {
        assertThat(changed(Setting.ONLY_WHEN_OPEN, " true "))
                .isEqualTo(FallbackSettings.defaults().onlyWhenOpen(true));
        assertThat(changed(Setting.ONLY_WHEN_OPEN, false)).isEqualTo(FallbackSettings.defaults());
        assertThatThrownBy(() -> changed(Setting.ONLY_WHEN_OPEN, "yes"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("onlyWhenOpen must be one of true, false but was \"yes\"");
    }

    @Test
    void aLongestWaitBelowTheFirstIsRefused() {
        assertThatThrownBy(() -> RetrySettings.defaults().delay(Duration.ofSeconds(11)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("maxDelayMillis must be >= delayMillis (11000) but was 10000, the default");
    }

    @Test
    void nothingIsRefused() {
        assertThatThrownBy(() ->
                        BreakerSettings.defaults().with(java.util.Collections.singletonMap(Setting.TRIP_ON, null)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "tripOn must be one of CONSECUTIVE_FAILURES, CALL_WINDOW, TIME_WINDOW, ADAPTIVE but was null");
    }

    @Test
    void notANumberIsRefusedAsAPercentage() {
        assertRefused(Setting.FAILURE_RATE_THRESHOLD_PERCENT, Double.NaN);
        assertRefused(Setting.FAILURE_RATE_THRESHOLD_PERCENT, "NaN");
        assertRefused(Setting.FAILURE_RATE_THRESHOLD_PERCENT, "half");
    }

    @Test
    void anyKindOfNumberAndItsTextAreTaken() {
        for (Object seven : List.of(7, 7L, 7.0, (short) 7, "7", " 7 ", "7.0", new java.math.BigDecimal("7.00"))) {
            assertThat(BreakerSettings.defaults()
                            .with(Map.of(Setting.FAILURE_THRESHOLD, seven))
                            .failureThreshold())
                    .isEqualTo(7);
        }
    }

    @Test
    void aContradictionSaysWhichValueIsTheDefault() {
        assertThatThrownBy(() -> BreakerSettings.builder()
                        .openBackoffFactor(2)
                        .openMaxMillis(1)
                        .build())
                .hasMessage("openMaxMillis must be >= openMillis (60000, the default) but was 1");
        assertThatThrownBy(() -> BreakerSettings.builder()
                        .openBackoffFactor(2)
                        .openMillis(600_001)
                        .build())
                .hasMessage("openMaxMillis must be >= openMillis (600001) but was 600000, the default");
    }

    @Test
    void anArrayIsShownByItsType() {
        for (Object array : new Object[] {new int[] {1}, new String[] {"5"}, new Object[0], new long[0][]}) {
            assertThatThrownBy(() -> changed(Setting.FAILURE_THRESHOLD, array))
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageEndingWith(
                            "but was a " + array.getClass().getComponentType().getTypeName() + "[]");
        }
    }

    @Test
    void aContradictionNamesBothSettings() {
        assertThatThrownBy(() -> BreakerSettings.builder()
                        .tripOn(TripOn.CALL_WINDOW)
                        .windowCalls(100)
                        .minimumCalls(200)
                        .build())
                .isInstanceOfSatisfying(InvalidSettingsException.class, refused -> {
                    assertThat(refused)
                            .hasMessage("minimumCalls must be <= windowCalls (100, the default) but was 200");
                    assertThat(refused.messageNaming(Setting::attributeName))
                            .isEqualTo("MinimumCalls must be <= WindowCalls (100, the default) but was 200");
                });
    }

    @Test
    void changesAreCheckedAsAWhole() {
        BreakerSettings settings = BreakerSettings.builder()
                .tripOn(TripOn.CALL_WINDOW)
                .windowCalls(100)
                .minimumCalls(100)
                .build();
        assertThat(settings.with(Map.of(Setting.MINIMUM_CALLS, 200, Setting.WINDOW_CALLS, 300)))
                .isEqualTo(
                        settings.toBuilder().minimumCalls(200).windowCalls(300).build());
    }

    @Test
    void durationsAreTakenInMillis() {
        BreakerSettings settings = BreakerSettings.builder()
                .open(Duration.ofSeconds(5))
                .trialTimeout(Duration.ofMinutes(1))
                .build();
        assertThat(settings.openMillis()).isEqualTo(5_000);
        assertThat(settings.trialTimeoutMillis()).isEqualTo(60_000);
        assertThat(BreakerSettings.builder()
                        .slowCall(Duration.ofNanos(1))
                        .build()
                        .slowCallMillis())
                .isEqualTo(1);
        assertThatThrownBy(() -> BreakerSettings.builder()
                        .open(Duration.ofSeconds(Long.MAX_VALUE))
                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("openMillis must be ");
    }
}
