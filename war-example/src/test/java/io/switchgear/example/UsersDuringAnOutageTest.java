// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import static io.switchgear.testkit.SwitchgearAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitOpenException;
import io.switchgear.cdi.SwitchgearExtension;
import io.switchgear.status.CircuitState;
import io.switchgear.testkit.States;
import io.switchgear.testkit.SwitchgearTest;
import io.switchgear.testkit.VirtualClock;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plays an outage of the backend on a bean of the shop, in the time of the test. */
@SwitchgearTest
class UsersDuringAnOutageTest {
    private static final Conditions UP = new Conditions(0, 0, false, 0, 0);
    private static final Conditions DOWN = new Conditions(100, 0, false, 0, 0);

    private SeContainer container;
    private Users users;
    private Backend backend;
    private CircuitBreaker breaker;

    @BeforeEach
    void start() {
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new SwitchgearExtension())
                .addBeanClasses(Users.class, Backends.class, Threads.class)
                .initialize();
        users = container.select(Users.class).get();
        backend = container.select(Backends.class).get().users();
        breaker = container.select(CircuitBreakers.class).get().get("Users#find(long)");
    }

    @AfterEach
    void stop() {
        container.close();
    }

    @Test
    void theBackendIsAskedOnceEachTenSecondsUntilItIsBack(VirtualClock clock) {
        backend.change(before -> DOWN);
        for (int call = 0; call < 5; call++) {
            assertThatThrownBy(() -> users.find(1)).isInstanceOf(BackendException.class);
        }
        for (int second = 0; second < 600; second++) {
            clock.advance(Duration.ofSeconds(1));
            assertThatThrownBy(() -> users.find(1)).isInstanceOf(RuntimeException.class);
        }
        assertThat(breaker).hasTripped(1).hasOpened(61).hasFailed(65).hasRejected(540);
        backend.change(before -> UP);
        clock.advance(Duration.ofSeconds(10));
        for (int trial = 0; trial < 3; trial++) {
            assertThat(users.find(1)).isPresent();
        }
        assertThat(breaker).isClosed();
    }

    @Test
    void aCallIsRejectedWhileTheBreakerIsOpen() {
        backend.change(before -> UP);
        States.put(breaker, CircuitState.OPEN);
        assertThatThrownBy(() -> users.find(1)).isInstanceOf(CircuitOpenException.class);
        States.put(breaker, CircuitState.CLOSED);
        assertThat(users.find(1)).isPresent();
    }
}
