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

/** What beans hear of breakers. */
class ObserversTest {
    @Singleton
    static class Sirens {
        final List<CircuitTransition> heard = new CopyOnWriteArrayList<>();
        final List<CircuitTransition> heardLater = new CopyOnWriteArrayList<>();
        final List<Object> others = new CopyOnWriteArrayList<>();
        final List<String> order = new CopyOnWriteArrayList<>();
        final List<Thread> threads = new CopyOnWriteArrayList<>();

        @Inject
        Shift shift;

        void hear(@Observes CircuitTransition told) {
            heard.add(told);
            threads.add(Thread.currentThread());
            order.add("second " + shift.name());
        }

        void hearFirst(@Observes @Priority(10) CircuitTransition told) {
            order.add("first");
            throw new IllegalStateException("broken, which is no reason for others not to hear");
        }

        void hearLater(@ObservesAsync CircuitTransition told) {
            heardLater.add(told);
        }

        void hearOfSettings(@Observes SettingsChange told) {
            others.add(told);
        }

        void hearOfNeeds(@Observes BreakerAttention told) {
            others.add(told);
        }
    }

    @RequestScoped
    static class Shift {
        String name() {
            return "at night";
        }
    }

    /** Holds whoever tells it, until it may go. */
    @Singleton
    static class Sloth {
        final CountDownLatch mayGo = new CountDownLatch(1);
        final List<CircuitTransition> heard = new CopyOnWriteArrayList<>();

        void hear(@ObservesAsync CircuitTransition told) throws InterruptedException {
            mayGo.await();
            heard.add(told);
        }
    }

    /** Somebody to be called. */
    interface Pager {
        void call(String text);
    }

    /** Somewhere to write. */
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
    void theExampleDoesWhatIsSaid() {
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
    void eachOfAThousandFastTransitionsIsHeardByAllOnceAndInOrder() {
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
            await().until(() -> sirens.heard.size() >= 1_000 && sirens.heardLater.size() >= 1_000);
            assertThat(sirens.heard).isEqualTo(plain);
            assertThat(sirens.heardLater).isEqualTo(plain);
        }
    }

    @Test
    void anObserverThatThrowsKeepsNoOtherFromHearingAndPrioritiesHold() {
        try (Application application = new Application(Sirens.class, Shift.class)) {
            breaker(application).forceOpen("drill");
            Sirens sirens = application.get(Sirens.class);
            await().until(() -> !sirens.heard.isEmpty());
            assertThat(sirens.order).as("and there is a request scope").containsExactly("first", "second at night");
            assertThat(sirens.threads).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void anObserverThatTakesItsTimeKeepsNobodyWaiting() {
        try (Application application = new Application(Sirens.class, Shift.class, Sloth.class)) {
            Sloth sloth = application.get(Sloth.class);
            try {
                CircuitBreaker users = breaker(application);
                users.forceOpen("drill");
                users.reset();
                Sirens sirens = application.get(Sirens.class);
                await().until(() -> sirens.heard.size() == 2 && sirens.heardLater.size() == 2);
                assertThat(sloth.heard).isEmpty();
                sloth.mayGo.countDown();
                await().until(() -> sloth.heard.size() == 2);
                assertThat(sloth.heard).isEqualTo(sirens.heard);
            } finally {
                sloth.mayGo.countDown();
            }
        }
    }

    @Test
    void changesOfSettingsAndNeedsOfAPersonAreHeardToo() {
        try (Application application = new Application(weld -> weld, Sirens.class, Shift.class)) {
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
