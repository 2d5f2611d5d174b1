// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitOpenException;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Retry-After header of the response to a rejected call. */
class CircuitOpenMapperTest {
    @ParameterizedTest
    @CsvSource({"OPEN, 1, 1", "OPEN, 999, 1", "OPEN, 1000, 2", "OPEN, 9999, 10", "HALF_OPEN, 0, 1", "OPEN, -1, 60"})
    void retryAfterIsNeverTooEarly(CircuitState state, long openRemainingMillis, long seconds) {
        CircuitOpenException rejected =
                new CircuitOpenException("catalogue", state, openRemainingMillis, null, BreakerMode.AUTOMATIC, "");

        assertThat(CircuitOpenMapper.retryAfterSeconds(rejected)).isEqualTo(seconds);
    }
}
