// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.CircuitBreakers;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.CircuitTransition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Kinds of observers of transitions, as the manual describes them. */
class ObserverKindsTest implements LeavesNoMBeans {
    private static final List<String> RECEIVED = new CopyOnWriteArrayList<>();

    @Singleton
    static class Described {
        void observe(@Observes CircuitTransition transition, EventMetadata metadata) {
            RECEIVED.add("metadata " + metadata);
        }
    }

    @Singleton
    static class AfterCommit {
        void observe(@Observes(during = TransactionPhase.AFTER_SUCCESS) CircuitTransition transition) {
            RECEIVED.add("after success");
        }
    }

    @ApplicationScoped
    static class Conditional {
        private final AtomicInteger received = new AtomicInteger();

        void observe(@Observes(notifyObserver = Reception.IF_EXISTS) CircuitTransition transition) {
            received.incrementAndGet();
        }

        public int received() {
            return received.get();
        }
    }

    private static void forceOpen(Application application) {
        application
                .get(CircuitBreakers.class)
                .create("fuse", BreakerSettings.defaults())
                .forceOpen("drill");
    }

    @Test
    @DisabledIfSystemProperty(named = "cdi", matches = "openwebbeans", disabledReason = "OpenWebBeans has the metadata")
    void theMetadataOfAnEventIsNullInWeld() {
        RECEIVED.clear();
        try (Application application = new Application(Described.class)) {
            forceOpen(application);
            await().untilAsserted(() -> assertThat(RECEIVED).containsExactly("metadata null"));
        }
    }

    @Test
    void aTransactionalObserverIsNotifiedAtOnce() {
        RECEIVED.clear();
        try (Application application = new Application(AfterCommit.class)) {
            forceOpen(application);
            await().untilAsserted(() -> assertThat(RECEIVED).containsExactly("after success"));
        }
    }

    @Test
    void aConditionalObserverIsNotifiedOnlyIfItsBeanExists() {
        RECEIVED.clear();
        try (Application application = new Application(Conditional.class, AfterCommit.class)) {
            forceOpen(application);
            await().untilAsserted(() -> assertThat(RECEIVED).hasSize(1));
            // creates the bean
            assertThat(application.get(Conditional.class).received()).isZero();
            application.breaker("fuse").reset();
            await().untilAsserted(() ->
                    assertThat(application.get(Conditional.class).received()).isEqualTo(1));
        }
    }
}
