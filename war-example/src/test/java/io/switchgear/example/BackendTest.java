package io.switchgear.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class BackendTest {
    private final Backend backend = new Backend();

    @Test
    void answersWhenNoCallIsToFail() {
        backend.become(new Conditions(0, 0));

        for (int call = 0; call < 1_000; call++) {
            assertThat(backend.ask(() -> "answer")).isEqualTo("answer");
        }
    }

    @Test
    void failsWhenAllCallsAreTo() {
        backend.become(new Conditions(100, 0));

        for (int call = 0; call < 1_000; call++) {
            assertThatThrownBy(() -> backend.ask(() -> "answer")).isInstanceOf(BackendException.class);
        }
    }

    @Test
    void interruptionIsNoFailureOfTheBackend() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> backend.ask(() -> "answer")).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
