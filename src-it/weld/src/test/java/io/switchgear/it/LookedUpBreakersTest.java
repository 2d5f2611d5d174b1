// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.NamedBreaker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.UnsatisfiedResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Breakers that are looked up in code instead of being injected: by a name, or refused with a sentence. */
class LookedUpBreakersTest implements LeavesNoMBeans {
    private static final String NEEDS_A_NAME =
            "a breaker that is looked up needs a name: select the CircuitBreaker with"
                    + " new NamedBreaker.Literal(\"users\") from an Instance, or call CircuitBreakers.find";

    @ApplicationScoped
    static class Users {
        @Inject
        @NamedBreaker("users")
        Instance<CircuitBreaker> byQualifier;

        @Inject
        @Any
        Instance<CircuitBreaker> any;

        String names() {
            return byQualifier.get().name() + " "
                    + any.select(new NamedBreaker.Literal("orders")).get().name();
        }
    }

    @Test
    void anInstanceGivesTheBreakerOfTheName() {
        try (Application application = new Application(Users.class)) {
            assertThat(application.get(Users.class).names()).isEqualTo("users orders");
            assertThat(application.names()).containsExactly("orders", "users");
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "cdi",
            matches = "openwebbeans",
            disabledReason = "OpenWebBeans has no injection point for an Instance that is not injected")
    void anInstanceThatIsNotInjectedGivesTheBreakerOfTheName() {
        try (Application application = new Application(Users.class)) {
            assertThat(CDI.current()
                            .select(CircuitBreaker.class, new NamedBreaker.Literal("stock"))
                            .get()
                            .name())
                    .isEqualTo("stock");
            assertThat(application.names()).containsExactly("stock");
            Instance<CircuitBreaker> blank = application.all(CircuitBreaker.class, new NamedBreaker.Literal(" "));
            assertThatThrownBy(blank::get)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("name must be 1 to 200 characters, not blank");
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "cdi",
            matches = "openwebbeans",
            disabledReason = "other containers have an injection point")
    void anInstanceThatIsNotInjectedSaysWhatToDo() {
        try (Application application = new Application(Users.class)) {
            Instance<CircuitBreaker> stock =
                    CDI.current().select(CircuitBreaker.class, new NamedBreaker.Literal("stock"));
            assertThatThrownBy(stock::get)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(NEEDS_A_NAME);
            assertThat(application.names()).isEmpty();
        }
    }

    @Test
    void aLookUpWithoutAnInjectionPointSaysWhatToDo() {
        try (Application application = new Application(Users.class)) {
            BeanManager beanManager = application.get(BeanManager.class);
            Bean<?> bean =
                    beanManager.resolve(beanManager.getBeans(CircuitBreaker.class, new NamedBreaker.Literal("users")));
            assertThatThrownBy(() -> beanManager.getReference(
                            bean, CircuitBreaker.class, beanManager.createCreationalContext(bean)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(NEEDS_A_NAME);
        }
    }

    @Test
    void aLookUpOfAnyBreakerSaysWhatToDo() {
        try (Application application = new Application(Users.class)) {
            Instance<CircuitBreaker> any = application.all(CircuitBreaker.class, Any.Literal.INSTANCE);
            assertThatThrownBy(any::get)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(NEEDS_A_NAME);
        }
    }

    @Test
    void aLookUpWithoutQualifierFindsNothing() {
        try (Application application = new Application(Users.class)) {
            Instance<CircuitBreaker> unqualified = application.all(CircuitBreaker.class);
            assertThatThrownBy(unqualified::get).isInstanceOf(UnsatisfiedResolutionException.class);
        }
    }
}
