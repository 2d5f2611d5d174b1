// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.time.TestTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which {@link TripPolicy} goes with settings. */
class TripPolicyTest {
    @ParameterizedTest
    @EnumSource(TripOn.class)
    void aPolicyThatFitsTheSettingsIsKept(TripOn tripOn) {
        BreakerSettings settings = BreakerSettings.builder().tripOn(tripOn).build();
        TestTime time = new TestTime();
        TripPolicy policy = TripPolicies.of(settings, time);
        assertThat(policy.tripOn()).isEqualTo(tripOn);
        assertThat(TripPolicies.adapted(
                        policy, settings.toBuilder().openMillis(1).build(), time))
                .isSameAs(policy);
    }
}
