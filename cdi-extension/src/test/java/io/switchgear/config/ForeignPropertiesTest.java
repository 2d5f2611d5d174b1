// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.config.ForeignProperties.Property;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of another specification where there is no MicroProfile Config. */
class ForeignPropertiesTest {
    private static final String KEY = "com.example.Orders$Inner/place/Retry/maxRetries";

    private static ForeignProperties of(Map<String, String> properties, Map<String, String> environment) {
        return ForeignProperties.ofProcess(properties::get, environment::get);
    }

    @Test
    void aSystemPropertyIsStrongerThanAVariable() {
        assertThat(of(Map.of(KEY, "1"), Map.of(KEY, "2")).find(KEY))
                .contains(new Property("1", KEY + " (system properties)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                KEY,
                "com_example_Orders_Inner_place_Retry_maxRetries",
                "COM_EXAMPLE_ORDERS_INNER_PLACE_RETRY_MAXRETRIES"
            })
    void aVariableHasTheNameOrItsLettersAndDigits(String variable) {
        assertThat(of(Map.of(), Map.of(variable, "2")).find(KEY))
                .contains(new Property("2", variable + " (environment)"));
    }

    @Test
    void theVariableThatIsMoreLikeTheNameWins() {
        Map<String, String> environment = Map.of("RETRY_MAXRETRIES", "1", "Retry_maxRetries", "2");
        assertThat(of(Map.of(), environment).find("Retry/maxRetries"))
                .map(Property::value)
                .contains("2");
    }

    @Test
    void aBlankValueIsNoneAndOthersHaveNoSpacesAroundThem() {
        assertThat(of(Map.of(KEY, " \t"), Map.of()).find(KEY)).isEmpty();
        assertThat(of(Map.of(KEY, " 3 "), Map.of()).find(KEY))
                .map(Property::value)
                .contains("3");
    }

    @Test
    void aWordThatIsNeitherTrueNorFalseIsRefused() {
        assertThat(new Property("YES", "key (source)").isTrue()).isTrue();
        assertThat(new Property("Off", "key (source)").isTrue()).isFalse();
        assertThatThrownBy(() -> new Property("enabled", "key (source)").isTrue())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("key (source) must be true or false but was \"enabled\"");
    }
}
