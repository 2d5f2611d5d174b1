// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceRegistryTest {
    private final List<String> created = new ArrayList<>();
    private final ServiceRegistry registry = new ServiceRegistry(this::breaker);

    private Breaker breaker(String name) {
        created.add(name);
        return new Breaker(name, BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
    }

    @Test
    void knowsServicesByName() {
        registry.add("payments", URI.create("https://pay/api/")).add("orders", URI.create("http://orders:8080"));
        assertThat(registry.names()).containsExactly("orders", "payments");
        assertThat(registry.find("payments").orElseThrow().url()).isEqualTo(URI.create("https://pay/api"));
        assertThat(registry.find("users")).isEmpty();
    }

    @Test
    void aServiceHasItsBreakerBeforeTheFirstRequest() {
        registry.add("payments", URI.create("https://pay"));
        assertThat(created).containsExactly("payments");
        assertThat(registry.health())
                .containsExactly(new ServiceHealth(
                        "payments",
                        URI.create("https://pay"),
                        true,
                        CircuitState.CLOSED,
                        BreakerMode.AUTOMATIC,
                        true,
                        0,
                        0,
                        null,
                        0,
                        0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "pay ", "a\nb", "\u202epay"})
    void aNameThatCannotBeShownIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.add(name, URI.create("http://pay")))
                .withMessageStartingWith("a service's name must be 1 to 200 printable characters");
    }

    @Test
    void aNameMayHave200CharactersAndNoMore() {
        registry.add("x".repeat(200), URI.create("http://pay"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.add("x".repeat(201), URI.create("http://pay")))
                .withMessageContaining("200");
    }

    @Test
    void aNameThatIsTakenIsRefusedWithBothAddresses() {
        registry.add("payments", URI.create("http://a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.add("payments", URI.create("http://b")))
                .withMessage("a service payments was added before, at http://a; each needs a name of its own, also the"
                        + " one at http://b");
        assertThat(created).hasSize(1);
    }
}
