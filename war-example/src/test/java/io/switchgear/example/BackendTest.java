// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** The simulated backend, which fails as often as its conditions say. */
class BackendTest {
    private final Backend backend = new Backend();

    @Test
    void returnsTheResultWhenNoCallIsToFail() {
        backend.change(new Conditions(0, 0));

        for (int call = 0; call < 1_000; call++) {
            assertThat(backend.call(() -> "result")).isEqualTo("result");
        }
    }

    @Test
    void failsWhenAllCallsAreToFail() {
        backend.change(new Conditions(100, 0));

        for (int call = 0; call < 1_000; call++) {
            assertThatThrownBy(() -> backend.call(() -> "result")).isInstanceOf(BackendException.class);
        }
    }

    @Test
    void anInterruptionIsNotAFailureOfTheBackend() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> backend.call(() -> "result")).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
