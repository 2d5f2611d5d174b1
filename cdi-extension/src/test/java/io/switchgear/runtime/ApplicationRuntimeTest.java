// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationRuntimeTest {
    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(TestShop.mbeans()).isEmpty();
    }

    @Test
    void breakersAreMBeansFromTheirMakingToTheEnd() throws Exception {
        try (TestShop shop = new TestShop()) {
            assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers");
            shop.breakers().create("users", TestShop.SETTINGS).call(() -> "");
            assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers", "CircuitBreakers users");
            assertThat(TestShop.get("CircuitBreakers", "users", "SuccessesTotal"))
                    .isEqualTo(1L);
        }
    }

    @Test
    void closingTwiceIsClosing() {
        TestShop shop = new TestShop();
        shop.close();
        shop.close();
        assertThat(shop.breakers().create("users", TestShop.SETTINGS).snapshot().name())
                .as("breakers go on, unseen")
                .isEqualTo("users");
    }

    @Test
    void whatIsConfiguredHoldsForBreakersCreatedInCode() throws Exception {
        Map<String, String> properties = Map.of(
                "switchgear.default.open-millis",
                "5000",
                "switchgear.breaker.\"users\".failure-threshold",
                "7",
                "switchgear.retry.\"users\".max-attempts",
                "9",
                "switchgear.fallback.\"users\".ttl-millis",
                "1234");
        try (TestShop shop = new TestShop(properties);
                var guard = shop.breakers()
                        .<String>guard("users")
                        .breaker(TestShop.SETTINGS)
                        .retry(RetrySettings.defaults())
                        .fallback(failed -> "")
                        .build()) {
            assertThat(guard.breaker().orElseThrow().configuredSettings())
                    .returns(7, BreakerSettings::failureThreshold)
                    .returns(5_000L, BreakerSettings::openMillis);
            assertThat(guard.retries().orElseThrow().configuredSettings().maxAttempts())
                    .isEqualTo(9);
            assertThat(guard.fallbacks().orElseThrow().configuredSettings().ttlMillis())
                    .isEqualTo(1_234);
            assertThat(TestShop.get("Retries", "users", "MaxAttempts")).isEqualTo(9);
        }
    }

    @Test
    void theApplicationMayBeNamedByConfiguration() throws Exception {
        try (TestShop shop = new TestShop(Map.of("switchgear.application", "another shop"))) {
            assertThat(shop.breakers().all()).isEmpty();
            assertThat(TestShop.mbeans()).isEmpty();
        }
    }

    @Test
    void allMistakesAreNamedWithTheirSource() {
        Map<String, String> properties = Map.of(
                "switchgear.default.failure-threshold", "none",
                "switchgear.jmx.writable", "perhaps",
                "switchgear.default.open", "1");
        assertThatThrownBy(() -> new TestShop(properties).close())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("switchgear.default.open (system property) is not known")
                .hasMessageContaining("switchgear.jmx.writable (system property) must be true or false")
                .hasMessageContaining("switchgear.default.failure-threshold (system property) must be a whole number");
    }

    @Test
    void savedSettingsApplyToBreakersCreatedLater(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("shop.properties");
        Files.writeString(file, "switchgear.breaker.\"users\".failure-threshold = 8\n");
        try (TestShop shop = new TestShop(Map.of("switchgear.settings-file", file.toString()))) {
            var users = shop.breakers().create("users", TestShop.SETTINGS);
            assertThat(users.snapshot().settings().failureThreshold()).isEqualTo(8);
            assertThat(users.configuredSettings()).isEqualTo(TestShop.SETTINGS);
        }
    }

    @Test
    void theEndWarnsOfChangesThatAreLostButNotOfThoseOfRemovedBreakers() {
        try (RecordedLog log = new RecordedLog()) {
            try (TestShop shop = new TestShop()) {
                for (String name : List.of("kept", "removed")) {
                    shop.breakers()
                            .create(name, TestShop.SETTINGS, FailureRule.ANY)
                            .update(present ->
                                    present.toBuilder().failureThreshold(9).build());
                }
                shop.breakers().remove("removed");
            }
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("SGR0019"))
                    .singleElement()
                    .asString()
                    .contains("kept: changes are not saved and end with the application; in force: FailureThreshold=9");
        }
    }

    @Test
    void theStartLogsTheNameInConsolesAlsoWithoutBreakers() {
        try (RecordedLog log = new RecordedLog();
                TestShop shop = new TestShop()) {
            assertThat(shop.breakers().all()).isEmpty();
            assertThat(log.lines())
                    .containsExactly("INFO SGR0007: registered MBeans for no breaker yet under"
                            + " io.switchgear:type=CircuitBreakers,application=test shop");
        }
    }

    @Test
    void aListenerThatThrowsAtTheEndKeepsNeitherListenersNorMBeansFromTheirs() {
        List<String> closed = new ArrayList<>();
        TestShop shop = new TestShop();
        for (Throwable thrown : List.of(new AssertionError("broken"), new IllegalStateException("broken"))) {
            shop.registry().listen(new Listener(() -> {
                closed.add(thrown.getClass().getSimpleName());
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            }));
        }
        shop.registry().listen(new Listener(() -> closed.add("last")));
        shop.breakers().create("users", TestShop.SETTINGS);
        shop.close();
        assertThat(closed).containsExactly("AssertionError", "IllegalStateException", "last");
        assertThat(TestShop.mbeans()).isEmpty();
    }

    /** Does something at the end alone. */
    private record Listener(Runnable atTheEnd) implements TunableListener {
        @Override
        public void added(Tunable<?> tunable) {}

        @Override
        public void removed(Tunable<?> tunable) {}

        @Override
        public void close() {
            atTheEnd.run();
        }
    }
}
