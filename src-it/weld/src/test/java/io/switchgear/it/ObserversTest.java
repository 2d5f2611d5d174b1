// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.status.BreakerAttention;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Events of breakers for observer methods of beans. */
class ObserversTest {
    @Singleton
    static class Sirens {
        final List<CircuitTransition> received = new CopyOnWriteArrayList<>();
        final List<CircuitTransition> receivedAsync = new CopyOnWriteArrayList<>();
        final List<Object> others = new CopyOnWriteArrayList<>();
        final List<String> order = new CopyOnWriteArrayList<>();
        final List<Thread> threads = new CopyOnWriteArrayList<>();

        @Inject
        Shift shift;

        void observe(@Observes CircuitTransition transition) {
            received.add(transition);
            threads.add(Thread.currentThread());
            order.add("second " + shift.name());
        }

        void observeFirst(@Observes @Priority(10) CircuitTransition transition) {
            order.add("first");
            throw new IllegalStateException("broken, which must not affect other observers");
        }

        void observeAsync(@ObservesAsync CircuitTransition transition) {
            receivedAsync.add(transition);
        }

        void observeSettings(@Observes SettingsChange change) {
            others.add(change);
        }

        void observeAttention(@Observes BreakerAttention attention) {
            others.add(attention);
        }
    }

    @RequestScoped
    static class Shift {
        String name() {
            return "at night";
        }
    }

    /** Blocks the delivering thread until it may go. */
    @Singleton
    static class Sloth {
        final CountDownLatch mayGo = new CountDownLatch(1);
        final List<CircuitTransition> received = new CopyOnWriteArrayList<>();

        void observe(@ObservesAsync CircuitTransition transition) throws InterruptedException {
            mayGo.await();
            received.add(transition);
        }
    }

    /** Alerts the operator on duty. */
    interface Pager {
        void call(String text);
    }

    /** Posts messages for operators. */
    interface Chat {
        void post(String text);
    }

    @Singleton
    static class Duty {
        final List<String> called = new CopyOnWriteArrayList<>();
        private final Pager pager = called::add;
        private final Chat chat = called::add;

        // example-begin
        void opened(@Observes CircuitTransition transition) {
            boolean byItself = transition.mode() == BreakerMode.AUTOMATIC
                    && transition.by().isEmpty();
            if (byItself && transition.from() == CircuitState.CLOSED && transition.to() == CircuitState.OPEN) {
                pager.call(transition.name() + " opened, " + transition.whyInFull());
            }
        }

        void needed(@ObservesAsync BreakerAttention attention) {
            chat.post(attention.name() + (attention.over() ? " is fine: " : " needs attention: ") + attention.why());
        }
        // example-end
    }

    @Test
    void theExampleCallsThePagerForOpeningsAndPostsAttentionInTheChat() {
        try (Application application = new Application(Duty.class)) {
            CircuitBreaker users = breaker(application);
            Duty duty = application.get(Duty.class);
            for (int i = 0; i < 6; i++) {
                openAndClose(users);
            }
            await().until(() -> duty.called.size() == 6);
            assertThat(duty.called)
                    .containsOnly(
                            "users opened, 1 failure (threshold 1), the last with java.lang.IllegalStateException: down");
            application.get(CircuitBreakers.class).report();
            await().until(() -> duty.called.size() == 7);
            assertThat(duty.called.get(6))
                    .startsWith("users needs attention: it has opened or closed more than 10 times within");
        }
    }

    private static CircuitBreaker breaker(Application application) {
        BreakerSettings settings = BreakerSettings.builder()
                .failureThreshold(1)
                .openMillis(0)
                .successThreshold(1)
                .build();
        return application.get(CircuitBreakers.class).create("users", settings);
    }

    private static void openAndClose(CircuitBreaker breaker) {
        assertThatThrownBy(() -> breaker.run(() -> {
                    throw new IllegalStateException("down");
                }))
                .isInstanceOf(IllegalStateException.class);
        breaker.run(() -> {});
    }

    @Test
    void allObserversReceiveAThousandFastTransitionsOnceAndInOrder() {
        try (Application application = new Application(Sirens.class, Shift.class)) {
            CircuitBreaker users = breaker(application);
            List<CircuitTransition> plain = new CopyOnWriteArrayList<>();
            application.get(CircuitBreakers.class).listen(plain::add);
            for (int i = 0; i < 500; i++) {
                users.forceOpen("drill");
                users.reset();
            }
            Sirens sirens = application.get(Sirens.class);
            List<Long> all = LongStream.rangeClosed(1, 1_000).boxed().toList();
            assertThat(plain).extracting(CircuitTransition::number).isEqualTo(all);
            await().until(() -> sirens.received.size() >= 1_000 && sirens.receivedAsync.size() >= 1_000);
            assertThat(sirens.received).isEqualTo(plain);
            assertThat(sirens.receivedAsync).isEqualTo(plain);
        }
    }

    @Test
    void anObserverThatThrowsDoesNotAffectOthersAndPrioritiesHold() {
        try (Application application = new Application(Sirens.class, Shift.class)) {
            breaker(application).forceOpen("drill");
            Sirens sirens = application.get(Sirens.class);
            await().until(() -> !sirens.received.isEmpty());
            assertThat(sirens.order).as("with a request scope").containsExactly("first", "second at night");
            assertThat(sirens.threads).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void aSlowObserverDelaysNoCallAndNoOtherObserver() {
        try (Application application = new Application(Sirens.class, Shift.class, Sloth.class)) {
            Sloth sloth = application.get(Sloth.class);
            try {
                CircuitBreaker users = breaker(application);
                users.forceOpen("drill");
                users.reset();
                Sirens sirens = application.get(Sirens.class);
                await().until(() -> sirens.received.size() == 2 && sirens.receivedAsync.size() == 2);
                assertThat(sloth.received).isEmpty();
                sloth.mayGo.countDown();
                await().until(() -> sloth.received.size() == 2);
                assertThat(sloth.received).isEqualTo(sirens.received);
            } finally {
                sloth.mayGo.countDown();
            }
        }
    }

    @Test
    void changesOfSettingsAndAttentionAreObservedToo() {
        try (Application application = new Application(cdi -> cdi, Sirens.class, Shift.class)) {
            CircuitBreakers breakers = application.get(CircuitBreakers.class);
            Sirens sirens = application.get(Sirens.class);
            breakers.guard("rates")
                    .retry(RetrySettings.defaults())
                    .build()
                    .retries()
                    .orElseThrow()
                    .by("alice")
                    .update(now -> now.maxAttempts(7));
            await().until(() -> sirens.others.size() == 1);
            CircuitBreaker users = breaker(application);
            for (int i = 0; i < 6; i++) {
                openAndClose(users);
            }
            breakers.report();
            breakers.report();
            await().until(() -> sirens.others.size() == 2);
            assertThat(sirens.others.get(0)).isInstanceOf(SettingsChange.class);
            assertThat(sirens.others.get(1)).isInstanceOfSatisfying(BreakerAttention.class, attention -> {
                assertThat(attention.name()).isEqualTo("users");
                assertThat(attention.cause()).isEqualTo(BreakerAttention.Cause.FLAPPING);
            });
        }
    }
}
