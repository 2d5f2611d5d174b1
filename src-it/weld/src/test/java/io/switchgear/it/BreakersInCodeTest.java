// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitBreaking;
import io.switchgear.CircuitOpenException;
import io.switchgear.FallingBack;
import io.switchgear.Guard;
import io.switchgear.KeyedBreakers;
import io.switchgear.NamedBreaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Breakers and guards that the code of an application creates or that are injected by their names. */
class BreakersInCodeTest implements LeavesNoMBeans {
    private static final BreakerSettings SETTINGS =
            BreakerSettings.builder().failureThreshold(2).build();

    private static List<String> mbeans() {
        return Application.mbeans().stream()
                .map(name -> name.getKeyProperty("type") + " " + name.getKeyProperty("name"))
                .sorted()
                .toList();
    }

    @ApplicationScoped
    static class Rates {
        private final Guard<String> guard;
        private final KeyedBreakers hosts;

        @SuppressWarnings("unused") // for the proxy
        Rates() {
            guard = null;
            hosts = null;
        }

        @Inject
        Rates(CircuitBreakers breakers) {
            guard = breakers.<String>guard("rates")
                    .breaker(SETTINGS)
                    .retry(RetrySettings.defaults().maxAttempts(1))
                    .fallback(failed -> "instead of " + failed.parameters())
                    .build();
            hosts = breakers.perKey("hosts", 2, SETTINGS);
        }

        public String rate(String currency, String host) throws Exception {
            return guard.call(currency, () -> hosts.of(host).call(() -> fetch(currency)));
        }

        private static String fetch(String currency) throws IOException {
            if (currency.isEmpty()) {
                throw new IOException("no currency");
            }
            return currency + "!";
        }

        @PreDestroy
        void close() {
            guard.close();
            hosts.close();
        }
    }

    @Test
    void aBeanBuildsItsGuardAndItsBreakersByKey() throws Exception {
        try (Application application = new Application(Rates.class)) {
            Rates rates = application.get(Rates.class);
            assertThat(rates.rate("eur", "a")).isEqualTo("eur!");
            assertThat(rates.rate("", "b")).isEqualTo("instead of []");
            assertThat(rates.rate("", "b")).isEqualTo("instead of []");
            assertThat(application.snapshot("hosts/b").state()).hasToString("OPEN");
            assertThat(application.snapshot("hosts/a").state()).hasToString("CLOSED");
            assertThat(mbeans())
                    .containsExactly(
                            "CircuitBreakers \"hosts/a\"",
                            "CircuitBreakers \"hosts/b\"",
                            "CircuitBreakers \"rates\"",
                            "Fallbacks \"rates\"",
                            "Retries \"rates\"");
        }
    }

    @Test
    void aBreakerCreatedInCodeIsAmongAllBreakers() throws Exception {
        try (Application application = new Application(Users.class)) {
            CircuitBreakers breakers = application.get(CircuitBreakers.class);
            CircuitBreaker created = breakers.create("created", SETTINGS);
            assertThat(created.call(() -> "fine")).isEqualTo("fine");
            assertThat(application.names()).containsExactly("created", "users");
            assertThat(mbeans()).containsExactly("CircuitBreakers \"created\"", "CircuitBreakers \"users\"");
            assertThat(breakers.remove("created")).isTrue();
            assertThat(mbeans()).containsExactly("CircuitBreakers \"users\"");
            assertThatThrownBy(() -> breakers.remove("users")).hasMessageContaining("since it guards [");
        }
    }

    @ApplicationScoped
    static class Users {
        @CircuitBreaking(name = "users", failureThreshold = 2)
        public void find(boolean there) {
            if (!there) {
                throw new IllegalArgumentException("unknown user");
            }
        }
    }

    @Test
    void codeSharesTheBreakerOfAMethodWithEqualSettings() throws Exception {
        try (Application application = new Application(Users.class)) {
            Users users = application.get(Users.class);
            CircuitBreakers breakers = application.get(CircuitBreakers.class);
            Guard<String> guard =
                    breakers.<String>guard("users").breaker(SETTINGS).build();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> users.find(false)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> guard.call(() -> "")).isInstanceOf(CircuitOpenException.class);
            guard.close();
            assertThat(application.names()).as("the method keeps it").containsExactly("users");
            assertThatThrownBy(() -> breakers.create("users", BreakerSettings.defaults()))
                    .hasMessageContaining("is that of the breaker of " + Users.class.getName() + "#find(boolean)");
        }
    }

    @ApplicationScoped
    static class Cautious {
        @FallingBack(name = "cautious", method = "otherwise")
        public String ask() {
            return "asked";
        }

        String otherwise() {
            return "otherwise";
        }
    }

    @Test
    void theFallbackOfAMethodDoesNotShareItsName() {
        try (Application application = new Application(Cautious.class)) {
            assertThat(application.get(Cautious.class).ask()).isEqualTo("asked");
            Guard.Builder<String> guard = application.get(CircuitBreakers.class).guard("cautious");
            assertThatThrownBy(() -> guard.fallback(failed -> "").build())
                    .hasMessageContaining("name \"cautious\" is that of a fallback already");
        }
    }

    @ApplicationScoped
    static class Desk {
        @Inject
        @NamedBreaker("users")
        CircuitBreaker users;

        public CircuitBreaker users() {
            return users;
        }
    }

    @Test
    void theBreakerOfAMethodIsInjectedByItsName() {
        try (Application application = new Application(Users.class, Desk.class)) {
            CircuitBreaker users = application.get(Desk.class).users();
            users.forceOpen("test");
            assertThatThrownBy(() -> application.get(Users.class).find(true)).isInstanceOf(CircuitOpenException.class);
            assertThat(users.configuredSettings().failureThreshold()).isEqualTo(2);
        }
    }

    @Test
    void aBreakerWithoutAMethodIsCreatedFromDefaultsAndConfiguration() {
        Map<String, String> properties = Map.of("switchgear.breaker.\"users\".open-millis", "77");
        try (Application application = new Application(properties, Desk.class)) {
            assertThat(mbeans()).containsExactly("CircuitBreakers \"users\"");
            assertThat(application.get(Desk.class).users().configuredSettings())
                    .isEqualTo(BreakerSettings.builder().openMillis(77).build());
        }
    }

    @ApplicationScoped
    static class BadName {
        @Inject
        @NamedBreaker(" ")
        CircuitBreaker nameless;
    }

    @Test
    void aNameThatCannotBeUsedFailsTheDeployment() {
        assertThatThrownBy(() -> new Application(BadName.class).close())
                .hasStackTraceContaining("BadName.nameless: @NamedBreaker name must be 1 to 200 characters, not blank");
    }
}
