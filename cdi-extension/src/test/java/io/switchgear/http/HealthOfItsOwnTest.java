// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import org.junit.jupiter.api.Test;

/** The health of a service has the requests to that service, and not the other calls under its breaker. */
class HealthOfItsOwnTest {
    @Test
    void failuresOfOtherCallsUnderTheBreakerAreNotThoseOfTheService() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            assertThatThrownBy(() -> service.breaker.run(() -> {
                        throw new IllegalStateException("another call");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(service.seen().failures()).isEqualTo(1);
            assertThat(service.health().failures()).isZero();
            assertThat(service.health().lastFailure()).isNull();
        }
    }

    @Test
    void rejectionsOfOtherCallsAreNotThoseOfTheService() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            service.breaker.forceOpen("maintenance");
            assertThatThrownBy(() -> service.breaker.run(() -> {})).isInstanceOf(CircuitOpenException.class);
            assertThat(service.health().rejected()).isZero();
            assertThatThrownBy(() -> service.send("/x")).isInstanceOf(CircuitOpenException.class);
            assertThat(service.health().rejected()).isEqualTo(1);
            assertThat(service.seen().rejected()).isEqualTo(2);
        }
    }

    @Test
    void aFailureAfterOneOfAnotherCallIsNamed() throws Exception {
        try (TestService service = new TestService(RawBackend.status(503, ""))) {
            service.send("/x");
            assertThatThrownBy(() -> service.breaker.run(() -> {
                        throw new IllegalStateException("another call");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(service.health().failures()).isEqualTo(1);
            assertThat(service.health().lastFailure()).isEqualTo("HTTP 503");
        }
    }
}
