// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.settings.FallbackSettings;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** An exception in a constant is thrown by each call; what is attached to it is bounded. */
class SharedExceptionTest {
    private final IllegalStateException shared = new IllegalStateException("no plan B");

    @Test
    void suppressedExceptionsDoNotPileUp() {
        Fallback<String> fallback = new Fallback<>(
                "orders", FallbackSettings.defaults(), FailureRule.ANY, "test", (call, thrown, tried) -> {
                    throw shared;
                });
        GuardPipeline<String> layers =
                new GuardPipeline<>(String.class, GuardLayers.on(null).with(fallback));
        for (int i = 0; i < 10_000; i++) {
            assertThatThrownBy(() -> layers.call(
                            context -> {
                                throw new IOException("down");
                            },
                            "context"))
                    .isSameAs(shared);
        }
        assertThat(shared.getSuppressed()).hasSize(8);
    }

    @Test
    void theSameExceptionIsAttachedOnceAndNeverToItself() {
        Exception thrown = new Exception();
        Exception other = new Exception();
        Suppressed.add(thrown, other);
        Suppressed.add(thrown, other);
        Suppressed.add(thrown, thrown);
        assertThat(thrown.getSuppressed()).containsExactly(other);
    }
}
