// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.FailureRule;
import io.switchgear.Guard;
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

class ApplicationBreakersTest {
    private final TestShop shop = new TestShop();
    private final CircuitBreakers breakers = shop.breakers();
    private final Registry registry = shop.registry();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aNameBelongsToOneBreaker() {
        CircuitBreaker users = breakers.create("users", TestShop.SETTINGS, FailureRule.ANY);
        assertThat(breakers.create("users", TestShop.SETTINGS)).isSameAs(users);
        assertThat(breakers.get("users")).isSameAs(users);
        assertThat(breakers.find("users")).containsSame(users);
        assertThat(breakers.all()).containsExactly(users);
    }

    @Test
    void aNameIsRefusedForOtherSettingsOrAnotherRule() {
        breakers.create("users", TestShop.SETTINGS);
        assertThatThrownBy(() -> breakers.create("users", BreakerSettings.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name \"users\" is that of the breaker created in code, which has other values")
                .hasMessageEndingWith("make them equal or choose another name");
        FailureRule rule = new FailureRule(List.of(IOException.class), List.of());
        assertThatThrownBy(() -> breakers.create("users", TestShop.SETTINGS, rule))
                .hasMessageContaining("failOn is [java.lang.Throwable] there and [java.io.IOException] here");
        assertThat(breakers.get("users").configuredSettings()).isEqualTo(TestShop.SETTINGS);
    }

    @Test
    void aNameThatCannotBeUsedIsRefused() {
        for (String name : List.of("", " ", "a\nb", "x".repeat(201))) {
            assertThatThrownBy(() -> breakers.create(name, TestShop.SETTINGS))
                    .hasMessageStartingWith("name must be 1 to 200 characters, not blank and without control or"
                            + " invisible characters");
        }
        assertThat(breakers.all()).isEmpty();
        assertThat(breakers.create("x".repeat(200), TestShop.SETTINGS).name()).hasSize(200);
    }

    @Test
    void anUnknownNameIsReportedWithTheKnownOnes() {
        assertThatThrownBy(() -> breakers.get("users"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("there is no breaker \"users\"; there are none");
        for (int i = 10; i < 31; i++) {
            breakers.create("b" + i, TestShop.SETTINGS);
        }
        assertThatThrownBy(() -> breakers.get("users"))
                .hasMessageContaining("\"b10\", \"b11\"")
                .hasMessageEndingWith("\"b29\" and others");
    }

    @Test
    void aRemovedBreakerLeavesNothingBehindAndItsNameIsFree() {
        CircuitBreaker before = breakers.create("users", TestShop.SETTINGS, FailureRule.ANY);
        assertThat(breakers.remove("users")).isTrue();
        assertThat(breakers.remove("users")).isFalse();
        assertThat(breakers.find("users")).isEmpty();
        assertThat(registry.tunables()).isEmpty();
        assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers");
        assertThat(breakers.create("users", BreakerSettings.defaults())).isNotSameAs(before);
        assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers", "CircuitBreakers users");
    }

    @Test
    void aBreakerInUseIsNotRemoved() {
        var annotated = shop.runtime.definitions().define("users", TestShop.SETTINGS, FailureRule.ANY, "Users#find()");
        registry.breaker(annotated, "Users#find()");
        breakers.create("users", TestShop.SETTINGS);
        assertThatThrownBy(() -> breakers.remove("users"))
                .hasMessage("the breaker \"users\" cannot be removed, since it guards [Users#find()]");
        breakers.guard("orders").breaker(TestShop.SETTINGS).build();
        assertThatThrownBy(() -> breakers.remove("orders"))
                .hasMessage("the breaker \"orders\" cannot be removed, since it belongs to the guard \"orders\";"
                        + " close that");
        breakers.perKey("hosts", 1, TestShop.SETTINGS).of("a");
        assertThatThrownBy(() -> breakers.remove("hosts/a"))
                .hasMessage("the breaker \"hosts/a\" cannot be removed, since it belongs to the breakers by key"
                        + " \"hosts\"; close that");
        assertThat(breakers.all()).hasSize(3);
    }

    @Test
    void whatAServiceOrAnInjectionPointHasIsKeptForIt() {
        CircuitBreaker users = shop.runtime.policies().breaker("users");
        shop.runtime.policies().retry("users");
        var guard = breakers.guard("users")
                .breaker(BreakerSettings.defaults())
                .retry(RetrySettings.defaults(), FailureRule.ANY)
                .build();
        assertThat(guard.breaker()).containsSame(users);
        guard.close();
        assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers", "CircuitBreakers users", "Retries users");
        assertThatThrownBy(() -> breakers.remove("users"))
                .hasMessage("the breaker \"users\" cannot be removed, since it belongs to a service or an injection"
                        + " point of its name");
        assertThatThrownBy(() -> shop.runtime.policies().breaker(" "))
                .hasMessageStartingWith("name must be 1 to 200 characters");
    }

    @Test
    void aListenerReceivesTransitionsOfAllBreakersLaterOnesIncludedUntilItIsRemoved() {
        breakers.create("users", TestShop.SETTINGS);
        List<String> received = new ArrayList<>();
        breakers.listen(transition -> throwUndeclared(new TimeoutException("broken listener")));
        Runnable stop = breakers.listen(
                transition -> received.add(transition.name() + " #" + transition.number() + " " + transition.to()));
        breakers.create("orders", TestShop.SETTINGS);
        breakers.get("users").forceOpen("drill");
        breakers.get("orders").forceOpen("drill");
        breakers.get("orders").reset();
        stop.run();
        breakers.get("users").reset();
        assertThat(received).containsExactly("users #1 OPEN", "orders #1 OPEN", "orders #2 CLOSED");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as other languages may do
    private static <X extends Throwable> void throwUndeclared(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Test
    void removingAListenerTwiceRemovesNoOther() {
        List<CircuitTransition> received = new ArrayList<>();
        Consumer<CircuitTransition> listener = received::add;
        CircuitBreaker users = breakers.create("users", TestShop.SETTINGS, FailureRule.ANY);
        for (Function<Consumer<CircuitTransition>, Runnable> source :
                List.<Function<Consumer<CircuitTransition>, Runnable>>of(breakers::listen, users::listen)) {
            received.clear();
            Runnable stop = source.apply(listener);
            Runnable another = source.apply(listener);
            stop.run();
            stop.run();
            users.reset();
            assertThat(received).hasSize(1);
            another.run();
            users.reset();
            assertThat(received).hasSize(1);
        }
    }

    @Test
    void aTunableListenerIsNotifiedOfPresentAddedAndRemovedTunables() throws Exception {
        breakers.create("users", TestShop.SETTINGS);
        List<String> seen = new ArrayList<>();
        registry.listen(new TunableListener() {
            @Override
            public void added(Tunable<?> tunable) {
                seen.add("+" + tunable.configuredSettings().kind().label(tunable.name()));
            }

            @Override
            public void removed(Tunable<?> tunable) {
                seen.add("-" + tunable.configuredSettings().kind().label(tunable.name()));
            }
        });
        try (Guard<Object> guard = breakers.guard("rates")
                .breaker(TestShop.SETTINGS)
                .retry(RetrySettings.defaults())
                .fallback(failed -> "?")
                .build()) {
            assertThat(guard.call(() -> "1.08")).isEqualTo("1.08");
        }
        breakers.remove("users");
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
    void changesOfLayersAreReported() {
        List<SettingsChange> received = new ArrayList<>();
        registry.events().changes().add(received::add);
        try (Guard<Object> guard =
                breakers.guard("rates").retry(RetrySettings.defaults()).build()) {
            guard.retries().orElseThrow().by("alice").update(now -> now.maxAttempts(7));
        }
        assertThat(received).singleElement().satisfies(change -> {
            assertThat(change.name()).isEqualTo("rates");
            assertThat(change.by()).isEqualTo("alice");
            assertThat(change.to()).isEqualTo(RetrySettings.defaults().maxAttempts(7));
        });
    }
}
