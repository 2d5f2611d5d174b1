package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.Guard;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableListener;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private final TestShop shop = new TestShop();
    private final Registry registry = shop.registry();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aNameStandsForOneBreaker() {
        Breaker users = registry.make("users", TestShop.SETTINGS, FailureRule.ANY);
        assertThat(registry.make("users", TestShop.SETTINGS)).isSameAs(users);
        assertThat(registry.get("users")).isSameAs(users);
        assertThat(registry.find("users")).containsSame(users);
        assertThat(registry.all()).containsExactly(users);
    }

    @Test
    void aNameIsRefusedForOtherSettingsOrAnotherRule() {
        registry.make("users", TestShop.SETTINGS);
        assertThatThrownBy(() -> registry.make("users", BreakerSettings.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name \"users\" is that of the breaker of code, which has other values")
                .hasMessageEndingWith("make them equal or choose another name");
        FailureRule rule = new FailureRule(List.of(IOException.class), List.of());
        assertThatThrownBy(() -> registry.make("users", TestShop.SETTINGS, rule))
                .hasMessageContaining("failOn=[java.io.IOException]");
        assertThat(registry.get("users").configuredSettings()).isEqualTo(TestShop.SETTINGS);
    }

    @Test
    void aNameThatCannotBeUsedIsRefused() {
        for (String name : List.of("", " ", "a\nb", "x".repeat(201))) {
            assertThatThrownBy(() -> registry.make(name, TestShop.SETTINGS))
                    .hasMessageStartingWith(
                            "name must be 1 to 200 characters, not blank and without control characters");
        }
        assertThat(registry.all()).isEmpty();
        assertThat(registry.make("x".repeat(200), TestShop.SETTINGS).name()).hasSize(200);
    }

    @Test
    void whoAsksForWhatIsNotThereHearsWhatIs() {
        assertThatThrownBy(() -> registry.get("users"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("there is no breaker \"users\"; there are none");
        for (int i = 10; i < 31; i++) {
            registry.make("b" + i, TestShop.SETTINGS);
        }
        assertThatThrownBy(() -> registry.get("users"))
                .hasMessageContaining("\"b10\", \"b11\"")
                .hasMessageEndingWith("\"b29\" and others");
    }

    @Test
    void aRemovedBreakerLeavesNothingBehindAndItsNameIsFree() {
        Breaker before = registry.make("users", TestShop.SETTINGS, FailureRule.ANY);
        assertThat(registry.remove("users")).isTrue();
        assertThat(registry.remove("users")).isFalse();
        assertThat(registry.find("users")).isEmpty();
        assertThat(registry.tunables()).isEmpty();
        assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers");
        assertThat(registry.make("users", BreakerSettings.defaults())).isNotSameAs(before);
        assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers", "CircuitBreakers users");
    }

    @Test
    void aBreakerThatSomethingStandsOnIsNotRemoved() {
        var annotated = registry.definition("users", TestShop.SETTINGS, FailureRule.ANY, "Users#find()");
        registry.breaker(annotated, "Users#find()");
        registry.make("users", TestShop.SETTINGS);
        assertThatThrownBy(() -> registry.remove("users"))
                .hasMessage("the breaker \"users\" cannot be removed, since it guards [Users#find()]");
        registry.guard("orders").breaker(TestShop.SETTINGS).make();
        assertThatThrownBy(() -> registry.remove("orders"))
                .hasMessage("the breaker \"orders\" cannot be removed, since it belongs to the guard \"orders\";"
                        + " close that");
        registry.perKey("hosts", 1, TestShop.SETTINGS).of("a");
        assertThatThrownBy(() -> registry.remove("hosts/a"))
                .hasMessage("the breaker \"hosts/a\" cannot be removed, since it belongs to the breakers by key"
                        + " \"hosts\"; close that");
        assertThat(registry.all()).hasSize(3);
    }

    @Test
    void whatAServiceOrAnInjectionPointHasIsKeptForIt() {
        Breaker users = registry.breaker("users");
        registry.retry("users");
        var guard = registry.guard("users")
                .breaker(BreakerSettings.defaults())
                .retry(RetrySettings.defaults(), FailureRule.ANY)
                .make();
        assertThat(guard.breaker()).containsSame(users);
        guard.close();
        assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers", "CircuitBreakers users", "Retries users");
        assertThatThrownBy(() -> registry.remove("users"))
                .hasMessage("the breaker \"users\" cannot be removed, since it belongs to a service or an injection"
                        + " point of its name");
        assertThatThrownBy(() -> registry.breaker(" ")).hasMessageStartingWith("name must be 1 to 200 characters");
    }

    @Test
    void whoListensHearsOfAllBreakersThoseMadeLaterIncludedUntilStopped() {
        registry.make("users", TestShop.SETTINGS);
        List<String> heard = new ArrayList<>();
        registry.listen(told -> throwUndeclared(new TimeoutException("a listener that is broken harms nobody")));
        Runnable stop = registry.listen(told -> heard.add(told.name() + " #" + told.number() + " " + told.to()));
        registry.make("orders", TestShop.SETTINGS);
        registry.get("users").forceOpen("drill");
        registry.get("orders").forceOpen("drill");
        registry.get("orders").reset();
        stop.run();
        registry.get("users").reset();
        assertThat(heard).containsExactly("users #1 OPEN", "orders #1 OPEN", "orders #2 CLOSED");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as other languages may do
    private static <X extends Throwable> void throwUndeclared(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Test
    void whoStopsTwiceStopsNobodyElse() {
        List<CircuitTransition> heard = new ArrayList<>();
        Consumer<CircuitTransition> listener = heard::add;
        Breaker users = registry.make("users", TestShop.SETTINGS, FailureRule.ANY);
        for (Function<Consumer<CircuitTransition>, Runnable> source :
                List.<Function<Consumer<CircuitTransition>, Runnable>>of(registry::listen, users::listen)) {
            heard.clear();
            Runnable stop = source.apply(listener);
            Runnable another = source.apply(listener);
            stop.run();
            stop.run();
            users.reset();
            assertThat(heard).hasSize(1);
            another.run();
            users.reset();
            assertThat(heard).hasSize(1);
        }
    }

    @Test
    void whoFollowsIsToldOfWhatIsThereAndOfWhatComesAndGoes() throws Exception {
        registry.make("users", TestShop.SETTINGS);
        List<String> seen = new ArrayList<>();
        registry.follow(new TunableListener() {
            @Override
            public void added(Tunable<?> tunable) {
                seen.add("+" + tunable.configuredSettings().kind().label(tunable.name()));
            }

            @Override
            public void removed(Tunable<?> tunable) {
                seen.add("-" + tunable.configuredSettings().kind().label(tunable.name()));
            }
        });
        try (Guard<Object> guard = registry.guard("rates")
                .breaker(TestShop.SETTINGS)
                .retry(RetrySettings.defaults())
                .fallback(failed -> "?")
                .make()) {
            assertThat(guard.call(() -> "1.08")).isEqualTo("1.08");
        }
        registry.remove("users");
        assertThat(seen)
                .containsExactly(
                        "+users",
                        "+rates",
                        "+retry rates",
                        "+fallback rates",
                        "-rates",
                        "-retry rates",
                        "-fallback rates",
                        "-users");
    }

    @Test
    void changesOfLayersAreHeard() {
        List<SettingsChange> heard = new ArrayList<>();
        registry.listenToLayers(heard::add);
        try (Guard<Object> guard =
                registry.guard("rates").retry(RetrySettings.defaults()).make()) {
            guard.retries().orElseThrow().by("alice").update(now -> now.maxAttempts(7));
        }
        assertThat(heard).singleElement().satisfies(change -> {
            assertThat(change.name()).isEqualTo("rates");
            assertThat(change.by()).isEqualTo("alice");
            assertThat(change.to()).isEqualTo(RetrySettings.defaults().maxAttempts(7));
        });
    }
}
