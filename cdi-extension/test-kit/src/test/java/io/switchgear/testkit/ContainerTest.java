// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import static io.switchgear.testkit.SwitchgearAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitBreaking;
import io.switchgear.CircuitOpenException;
import io.switchgear.Retrying;
import io.switchgear.cdi.SwitchgearExtension;
import io.switchgear.status.CircuitTransition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/** Tests beans in containers that run at the same time. */
@SwitchgearTest
class ContainerTest {
    /** Fails while it is down. */
    @ApplicationScoped
    public static class Orders {
        private boolean down;
        private int attempts;

        public void setDown(boolean down) {
            this.down = down;
        }

        @CircuitBreaking(openMillis = 600_000, successThreshold = 1)
        public String place() {
            if (down) {
                throw new IllegalStateException("down");
            }
            return "placed";
        }

        @Retrying(maxAttempts = 3, delayMillis = 10_000, backoffFactor = 1, jitterPercent = 0, maxDurationMillis = 0)
        public String ship() {
            attempts++;
            if (attempts < 3) {
                throw new IllegalStateException("not yet");
            }
            return "shipped";
        }
    }

    /** Remembers transitions. */
    @ApplicationScoped
    public static class Log {
        private final List<CircuitTransition> seen = new ArrayList<>();

        public List<CircuitTransition> seen() {
            return seen;
        }

        void on(@Observes CircuitTransition transition) {
            seen.add(transition);
        }
    }

    private final VirtualClock clock;
    private final SeContainer container = SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addExtensions(new SwitchgearExtension())
            .addBeanClasses(Orders.class, Log.class)
            .initialize();
    private final Orders orders = container.select(Orders.class).get();

    ContainerTest(VirtualClock clock) {
        this.clock = clock;
    }

    @AfterEach
    void stop() {
        container.close();
    }

    @RepeatedTest(8)
    void aBeanLivesInTheTimeOfItsTest() {
        var breaker = container.select(CircuitBreakers.class).get().all().get(0);
        orders.setDown(true);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(orders::place).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(orders::place).isInstanceOf(CircuitOpenException.class);
        assertThat(container.select(Log.class).get().seen()).hasSize(1);
        orders.setDown(false);
        clock.advance(Duration.ofMillis(599_999));
        assertThatThrownBy(orders::place).isInstanceOf(CircuitOpenException.class);
        assertThat(breaker).isOpenFor(Duration.ofMillis(1));
        clock.advance(Duration.ofMillis(1));
        assertThat(orders.place()).isEqualTo("placed");
        assertThat(breaker).isClosed().hasTripped(1).hasRejected(2);
        assertThat(container.select(Log.class).get().seen()).hasSize(3);
    }

    @RepeatedTest(8)
    void aRetryOfABeanWaitsInTheTimeOfItsTest() {
        assertThat(orders.ship()).isEqualTo("shipped");
        assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(20));
    }
}
