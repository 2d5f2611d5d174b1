// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import static io.switchgear.testkit.SwitchgearAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.settings.BreakerSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

// example-begin
@SwitchgearTest
class OrdersTest {
    @Test
    void callsAreMadeAgainTenMinutesAfterTheOutage(VirtualClock clock, CircuitBreakers breakers) {
        CircuitBreaker orders = breakers.create(
                "orders",
                BreakerSettings.builder()
                        .failureThreshold(1)
                        .openMillis(600_000)
                        .build());
        assertThatThrownBy(() -> orders.call(() -> {
                    throw new IllegalStateException("the backend is down");
                }))
                .hasMessage("the backend is down");
        assertThat(orders).isOpenFor(Duration.ofMinutes(10));

        clock.advance(Duration.ofMinutes(10));
        for (int trial = 0; trial < 3; trial++) {
            orders.run(() -> {});
        }
        assertThat(orders).isClosed().hasTripped(1).hasSucceeded(3);
    }
}
// example-end
