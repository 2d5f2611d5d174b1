// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.switchgear.CircuitBreaker;
import io.switchgear.managed.ManagedApplication;
import io.switchgear.managed.ManagementSettings;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsStore;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.management.JMException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a managed runtime can do with an application. */
class ManagedApplicationTest {
    private static final class Memory implements SettingsStore {
        final Map<String, Map<Setting, String>> stored = new TreeMap<>();

        @Override
        public Map<String, Map<Setting, String>> load() {
            return new TreeMap<>(stored);
        }

        @Override
        public void save(Map<String, Map<Setting, String>> byName) {
            stored.putAll(byName);
        }

        @Override
        public Set<String> forget(Predicate<String> name) {
            return Set.of();
        }

        @Override
        public String description() {
            return "database test";
        }
    }

    private final RecordedLog log = new RecordedLog();
    private final Memory store = new Memory();
    private TestShop shop = new TestShop();

    @AfterEach
    void stop() {
        shop.close();
        log.close();
    }

    private ManagedApplication application() {
        return shop.runtime.management();
    }

    private void stored(String name, String threshold) {
        store.stored.put(name, Map.of(Setting.FAILURE_THRESHOLD, threshold));
    }

    private static int threshold(CircuitBreaker breaker) {
        return breaker.settings().failureThreshold();
    }

    @Test
    void whatAStoreHasIsInForceBeforeALaterBreakerIsFound() {
        stored("later", "8");
        application().keepIn(store);
        assertThat(threshold(shop.breakers().create("later", TestShop.SETTINGS)))
                .isEqualTo(8);
        stored("latest", "9");
        application().reread();
        assertThat(threshold(shop.breakers().create("latest", TestShop.SETTINGS)))
                .isEqualTo(9);
    }

    @Test
    void whatExistsIsChangedByTheManagedRuntimeAlone() throws JMException {
        CircuitBreaker users = shop.breakers().create("users", TestShop.SETTINGS);
        stored("users", "7");
        application().keepIn(store);
        application().reread();
        stored("users", "8");
        application().reread();
        FollowingTestCase.lookNow();
        assertThat(threshold(users)).isEqualTo(3);
    }

    @Test
    void whatIsNotStoredIsShownAsSuch() throws JMException {
        CircuitBreaker users = shop.breakers().create("users", TestShop.SETTINGS);
        users.by("ada")
                .update(present -> present.toBuilder().failureThreshold(9).build());
        assertThat(TestShop.get("CircuitBreakers", "users", "ChangedSettings"))
                .as("without a store nothing is ever saved")
                .isEqualTo("FailureThreshold=9 (configured 3, changed by ada)");
        application().keepIn(store);
        assertThat(TestShop.get("CircuitBreakers", "users", "ChangedSettings"))
                .isEqualTo("FailureThreshold=9 (configured 3, changed by ada, not saved)");
        stored("users", "9");
        application().reread();
        assertThat(TestShop.get("CircuitBreakers", "users", "ChangedSettings"))
                .isEqualTo("FailureThreshold=9 (configured 3, changed by ada)");
    }

    @Test
    void whatIsNotStoredAtTheEndIsWarnedOf() {
        CircuitBreaker users = shop.breakers().create("users", TestShop.SETTINGS);
        application().keepIn(store);
        users.by("ada")
                .update(present -> present.toBuilder().failureThreshold(9).build());
        shop.close();
        assertThat(log.lines()).anyMatch(line -> line.contains("SGR0019") && line.contains("FailureThreshold=9"));
    }

    @Test
    void settingsAreKeptInOnePlace(@TempDir Path directory) {
        application().keepIn(store);
        assertThatIllegalStateException()
                .isThrownBy(() -> application().keepIn(store))
                .withMessageContaining("settings are kept in database test already");
        shop.close();
        String file = directory.resolve("settings.properties").toString();
        shop = new TestShop(Map.of("switchgear.settings-file", file));
        assertThatIllegalStateException()
                .isThrownBy(() -> application().keepIn(store))
                .withMessageContaining(file, "remove switchgear.settings-file", "to keep them in database test");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new TestShop(Map.of("switchgear.settings-file", file, "switchgear.datasource", "jdbc/shop")))
                .withMessageContainingAll("are two places for settings", "switchgear.datasource = none");
    }

    @Test
    void listenersLearnOfAllThatExistsAndOfEachChange() {
        List<String> seen = new ArrayList<>();
        CircuitBreaker users = shop.breakers().create("users", TestShop.SETTINGS);
        application().listen(new TunableListener() {
            @Override
            public void added(Tunable<?> tunable) {
                seen.add("+" + tunable.name());
            }

            @Override
            public void removed(Tunable<?> tunable) {
                seen.add("-" + tunable.name());
            }
        });
        application().listen(transition -> seen.add(transition.by()), change -> seen.add(change.name()));
        var guard = shop.breakers()
                .<String>guard("orders")
                .retry(RetrySettings.defaults())
                .build();
        guard.retries().orElseThrow().by("ada").update(present -> present.with(Map.of(Setting.MAX_ATTEMPTS, "9")));
        users.by("bob").forceOpen("");
        guard.close();
        assertThat(seen).containsExactly("+users", "+orders", "orders", "bob", "-orders");
    }

    @Test
    void allBreakersAndLayersAreReturned() {
        CircuitBreaker users = shop.breakers().create("users", TestShop.SETTINGS);
        var guard = shop.breakers()
                .<String>guard("orders")
                .retry(RetrySettings.defaults())
                .build();
        assertThat(application().tunables())
                .containsExactlyInAnyOrder(users, guard.retries().orElseThrow());
        guard.close();
        assertThat(application().tunables()).containsExactly(users);
    }

    @Test
    void aCallerIsNoAuthorOfTheLibrary() {
        assertThat(application().author("ada")).isEqualTo("ada");
        assertThat(application().author("saved in database test")).isEqualTo("\"saved in database test\"");
        assertThat(application().author(null)).isEqualTo("unknown caller");
        assertThat(application().author(" \n")).isEqualTo("unknown caller");
        assertThat(application().fleet()).isEmpty();
    }

    @Test
    void aChangeByAnOperatorIsSavedIfEachChangeIs(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("settings.properties");
        for (boolean autosave : List.of(false, true)) {
            shop.close();
            shop = new TestShop(
                    Map.of("switchgear.settings-file", file.toString(), "switchgear.settings-autosave", "" + autosave));
            CircuitBreaker users = shop.breakers().create("users", TestShop.SETTINGS);
            users.by("ada").update(present -> present.with(Map.of(Setting.FAILURE_THRESHOLD, 9)));
            application().changed(users);
            assertThat(Files.exists(file)).isEqualTo(autosave);
        }
        assertThat(Files.readString(file)).contains("failure-threshold");
    }

    @Test
    void theSettingsOfTheRuntimeAreConfigured() {
        assertThat(application().settings())
                .isEqualTo(new ManagementSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(5),
                        false,
                        90,
                        Optional.empty(),
                        "java:comp/DefaultJMSConnectionFactory",
                        Duration.ofMinutes(1)));
        shop.close();
        shop = new TestShop(Map.of(
                "switchgear.datasource", "java:jboss/datasources/Shop",
                "switchgear.fleet.node", "till 3",
                "switchgear.fleet.poll-seconds", "2",
                "switchgear.fleet.changes-for-all", "true",
                "switchgear.fleet.keep-log-days", "7",
                "switchgear.fleet.topic", "java:/jms/topic/Shop",
                "switchgear.fleet.connection-factory", "java:/jms/Shop",
                "switchgear.report-minutes", "0"));
        assertThat(application().settings())
                .isEqualTo(new ManagementSettings(
                        Optional.of("java:jboss/datasources/Shop"),
                        Optional.of("till 3"),
                        Duration.ofSeconds(2),
                        true,
                        7,
                        Optional.of("java:/jms/topic/Shop"),
                        "java:/jms/Shop",
                        Duration.ZERO));
        assertThat(application().name()).isEqualTo("test shop");
    }

    @Test
    void noTopicIsTheSameAsNone() {
        shop.close();
        shop = new TestShop(Map.of("switchgear.fleet.topic", "none"));
        assertThat(application().settings().topic()).isEmpty();
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TestShop(Map.of(
                        "switchgear.datasource", " ",
                        "switchgear.fleet.node", "a,b",
                        "switchgear.fleet.poll-seconds", "0",
                        "switchgear.fleet.keep-log-days", "0",
                        "switchgear.fleet.changes-for-all", "yes",
                        "switchgear.fleet.topic", " ",
                        "switchgear.fleet.connection-factory", " ",
                        "switchgear.report-minutes", "1441")))
                .withMessageContainingAll(
                        "switchgear.datasource (system property) must not be blank",
                        "switchgear.fleet.node (system property) must be 1 to 100 characters, not blank and without comma, *"
                                + " and ?, but was \"a,b\"",
                        "switchgear.fleet.poll-seconds (system property) must be a whole number from 1 to 3600 but was"
                                + " \"0\"",
                        "switchgear.fleet.keep-log-days (system property) must be a whole number from 1 to 36500",
                        "switchgear.fleet.topic (system property) must not be blank",
                        "switchgear.fleet.connection-factory (system property) must not be blank",
                        "switchgear.fleet.changes-for-all (system property) must be true or false but was \"yes\"",
                        "switchgear.report-minutes (system property) must be a whole number from 0 to 1440");
    }
}
