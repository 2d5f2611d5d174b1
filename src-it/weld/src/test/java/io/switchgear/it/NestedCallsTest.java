// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreaking;
import io.switchgear.Retrying;
import io.switchgear.status.CircuitState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Guarded methods that call each other, or themselves, through their proxies. */
class NestedCallsTest {
    @ApplicationScoped
    public static class Tree {
        private final AtomicInteger leaves = new AtomicInteger();

        @Inject
        Tree self;

        int leaves() {
            return leaves.get();
        }

        @CircuitBreaking(name = "tree", halfOpenMaxCalls = 1)
        public int depth(int levels) throws IOException {
            if (levels < 0) {
                throw new IOException("cut");
            }
            return levels == 0 ? 1 : 1 + self.depth(levels - 1);
        }

        @CircuitBreaking(name = "leaf", maxConcurrentCalls = 1, failureThreshold = 100)
        @Retrying(delayMillis = 0)
        public int leaf(int levels) throws IOException {
            if (levels > 0) {
                return self.leaf(levels - 1);
            }
            leaves.incrementAndGet();
            throw new IOException("fallen");
        }
    }

    @Test
    void aHalfOpenBreakerClosesThroughMethodsThatCallThemselves() throws Exception {
        try (Application application = new Application(Tree.class)) {
            Tree tree = application.get(Tree.class);
            CircuitBreaker breaker = application.breaker("tree");
            breaker.forceOpen("test");
            breaker.automatic();
            for (int request = 1; request <= 3; request++) {
                assertThat(breaker.snapshot().state()).isEqualTo(CircuitState.HALF_OPEN);
                assertThat(tree.depth(4)).isEqualTo(5);
            }
            assertThat(breaker.snapshot().state()).isEqualTo(CircuitState.CLOSED);
        }
    }

    @Test
    void aRequestThatNestsRetriesAndPlacesMakesThreeAttempts() {
        try (Application application = new Application(Tree.class)) {
            Tree tree = application.get(Tree.class);
            assertThatThrownBy(() -> tree.leaf(3)).isInstanceOf(IOException.class);
            assertThat(tree.leaves()).isEqualTo(3);
            assertThat(application.snapshot("leaf").failures()).isEqualTo(3);
            assertThat(application.snapshot("leaf").rejected()).isZero();
        }
    }
}
