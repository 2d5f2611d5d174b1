// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.BreakerSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

/** MicroProfile Config whose sources change while the application runs. */
class FollowedMicroProfileTest {
    private static final String USERS = "switchgear.breaker.\"users\".failure-threshold";

    /** A source whose values change. */
    private static final class Changing implements ConfigSource {
        final Map<String, String> values = new TreeMap<>();

        @Override
        public Set<String> getPropertyNames() {
            return Set.copyOf(values.keySet());
        }

        @Override
        public String getValue(String name) {
            return values.get(name);
        }

        @Override
        public String getName() {
            return "consul";
        }

        @Override
        public int getOrdinal() {
            return 200;
        }
    }

    private final Changing consul = new Changing();
    private ListedConfig config;
    private RuntimeException fault;
    private FollowedSources sources;
    private Configuration present;
    private FollowedSources.Found found;

    private void start(ConfigSource... others) {
        config = new ListedConfig(others.length == 0 ? new ConfigSource[] {consul} : others);
        ConfigSources deployed = ListedConfig.read(config);
        present = Configuration.of(deployed);
        sources = new FollowedSources(deployed, this::read, List.of());
        present = sources.readFiles(present).configuration();
    }

    private ConfigSources read() {
        ConfigSources now = new ConfigSources();
        MicroProfileConfig.read(
                () -> {
                    if (fault != null) {
                        throw fault;
                    }
                    return config;
                },
                now);
        return now;
    }

    private int look() {
        found = sources.read(present, false);
        present = found.configuration();
        return present.settings("users", BreakerSettings.defaults()).failureThreshold();
    }

    @Test
    void aValueThatChangesIsInForceAtTheNextLook() {
        consul.values.put(USERS, "7");
        start();
        Configuration before = present;
        assertThat(look()).isEqualTo(7);
        assertThat(present).as("nothing has changed").isSameAs(before);
        consul.values.put(USERS, "8");
        assertThat(look()).isEqualTo(8);
        assertThat(present.origins(BreakerSettings.defaults().kind(), "users").values())
                .containsExactly(USERS + " (consul)");
        consul.values.clear();
        assertThat(look()).isEqualTo(5);
        assertThat(found.refused()).isEmpty();
    }

    @Test
    void aNameThatASourceGetsLaterIsFoundAlthoughTheListOfAllNamesIsKept() {
        start();
        ListedConfig listed = config;
        List<String> kept = List.of("other");
        config = new ListedConfig(consul) {
            @Override
            public Iterable<String> getPropertyNames() {
                return kept;
            }
        };
        assertThat(listed.getPropertyNames()).isEmpty();
        consul.values.put(USERS, "8");
        assertThat(look()).isEqualTo(8);
    }

    @Test
    void aBadValueAndOneThatRefersToNothingLeaveTheValueBefore() {
        consul.values.put(USERS, "7");
        start();
        consul.values.put(USERS, "many");
        assertThat(look()).isEqualTo(7);
        assertThat(found.refused())
                .containsExactly(USERS + " (consul) must be a whole number >= 1 and <= 1000000 but was \"many\"");
        consul.values.put(USERS, "${threshold}");
        assertThat(look()).isEqualTo(7);
        assertThat(found.refused()).singleElement().asString().contains("which refers to a property that is not");
        consul.values.put("switchgear.default.open-milis", "1");
        consul.values.put("switchgear.jmx.enabled", "false");
        consul.values.put(USERS, "9");
        assertThat(look()).isEqualTo(9);
        assertThat(found.refused())
                .hasSize(2)
                .anyMatch(line -> line.contains("did you mean switchgear.default.open-millis"));
        assertThat(present.jmxEnabled()).isTrue();
    }

    @Test
    void aBrokenConfigKeepsItsLastValues() {
        consul.values.put(USERS, "7");
        start();
        assertThat(look()).isEqualTo(7);
        fault = new IllegalStateException("no connection");
        assertThat(look()).isEqualTo(7);
        assertThat(found.unreadable()).singleElement().asString().contains("no connection");
        fault = null;
        consul.values.put(USERS, "8");
        assertThat(look()).isEqualTo(8);
        assertThat(found.unreadable()).isEmpty();
    }

    @Test
    void aValueOfTheArchiveIsBelow() {
        ConfigSources deployed = TestConfiguration.sources();
        deployed.entries().add(new ConfigEntry(USERS, "6", "the archive", ConfigEntry.APPLICATION_FILE));
        consul.values.put(USERS, "7");
        assertThat(deployed.again(getClass().getClassLoader()).entries())
                .filteredOn(entry -> entry.key().equals(USERS))
                .singleElement()
                .returns("6", ConfigEntry::value);
    }
}
