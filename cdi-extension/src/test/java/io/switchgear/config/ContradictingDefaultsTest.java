// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static io.switchgear.config.TestConfiguration.configured;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import org.junit.jupiter.api.Test;

/** Configured defaults that are valid one by one, but not together. */
class ContradictingDefaultsTest {
    @Test
    void defaultsThatContradictEachOtherAreReportedOnceWithAllOtherMistakes() {
        Configuration configuration = configured(
                "switchgear.default.trip-on", "CALL_WINDOW",
                "switchgear.default.window-calls", "10",
                "switchgear.default.minimum-calls", "20",
                "switchgear.default.open-millis", "soon",
                "switchgear.default.retry.delay-millis", "2",
                "switchgear.default.retry.max-delay-millis", "1",
                "switchgear.aplication", "shop");
        assertThat(configuration.problems())
                .containsExactly(
                        "switchgear.aplication (test) is not known; did you mean switchgear.application?",
                        "switchgear.default.open-millis (test) must be a whole number >= 0 and <= 604800000 but was"
                                + " \"soon\"",
                        "switchgear.default.minimum-calls (test) must be <= switchgear.default.window-calls (test) (10)"
                                + " but was 20, the default",
                        "switchgear.default.retry.max-delay-millis (test) must be >="
                                + " switchgear.default.retry.delay-millis (test) (2) but was 1");
        assertThat(configuration.settings("x", BreakerSettings.defaults()).tripOn())
                .as("not for each breaker again")
                .isEqualTo(TripOn.CALL_WINDOW);
    }

    @Test
    void aDefaultIsNoContradictionAsLongAsAnnotationsDecide() {
        Configuration configuration = configured(
                "switchgear.default.trip-on", "CALL_WINDOW",
                "switchgear.default.minimum-calls", "200");
        assertThat(configuration.problems()).isEmpty();
        BreakerSettings annotated = BreakerSettings.builder().windowCalls(500).build();
        assertThat(configuration.settings("x", annotated).minimumCalls()).isEqualTo(200);
        assertThatThrownBy(() -> configuration.settings("y", BreakerSettings.defaults()))
                .hasMessage("switchgear.default.minimum-calls (test) must be <= windowCalls (100, the default) but was"
                        + " 200");
    }
}
