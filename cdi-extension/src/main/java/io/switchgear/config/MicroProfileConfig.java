// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.util.HashSet;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Reads MicroProfile Config. A separate class, so that MicroProfile is not needed where it is absent. */
final class MicroProfileConfig {
    // "%dev.switchgear.application" and "_DEV_SWITCHGEAR_APPLICATION"
    private static final Pattern PROFILE = Pattern.compile("^(?:%[^.]*\\.|_\\w+?_(?=(?i)switchgear_))");

    private MicroProfileConfig() {}

    /**
     * Adds the entries that concern this library.
     *
     * @throws IllegalStateException if the configuration of the application cannot be read
     */
    static void read(ClassLoader application, ConfigSources sources) {
        read(() -> ConfigProvider.getConfig(application), sources);
    }

    /** Returns a function from the name of any property to its value, with its source. */
    static Function<String, Optional<ConfigEntry>> values(ClassLoader application) {
        Config config;
        try {
            config = ConfigProvider.getConfig(application);
        } catch (RuntimeException | LinkageError | ServiceConfigurationError broken) {
            throw ConfigSources.broken(broken);
        }
        return key -> {
            try {
                ConfigValue found = config.getConfigValue(key);
                return Optional.ofNullable(found.getValue())
                        .map(value -> new ConfigEntry(key, value, found.getSourceName(), found.getSourceOrdinal()));
            } catch (RuntimeException failed) {
                throw new IllegalStateException(key + " cannot be read from MicroProfile Config: " + failed, failed);
            }
        };
    }

    static void read(Supplier<Config> provider, ConfigSources sources) {
        try {
            Config config = provider.get();
            Set<String> names = names(config.getPropertyNames());
            Set<String> aliases = aliases(names);
            Set<String> written = written(config);
            aliases.removeAll(written);
            names.removeAll(aliases);
            // the list of all names may be kept from the start, while a source has more by now
            names.addAll(written);
            // a source need not list its names
            names.addAll(ConfigKeys.fixed());
            names.forEach(name -> read(name, config, sources));
        } catch (RuntimeException | LinkageError | ServiceConfigurationError broken) {
            throw ConfigSources.broken(broken);
        }
    }

    /** Returns the names that concern this library, each without its profile; of another profile, it has no value. */
    private static Set<String> names(Iterable<String> all) {
        Set<String> names = new TreeSet<>();
        for (String name : all) {
            String plain = PROFILE.matcher(name).replaceFirst("");
            if (ConfigKeys.concerns(plain)) {
                names.add(plain);
            }
        }
        return names;
    }

    /**
     * Returns the names that may be environment variables in other words. SmallRye Config lists
     * {@code switchgear.default.open.millis} beside {@code SWITCHGEAR_DEFAULT_OPEN_MILLIS}.
     */
    private static Set<String> aliases(Set<String> names) {
        Set<String> variables = names.stream()
                .filter(ConfigKeys::isVariable)
                .map(ConfigKeys::variable)
                .collect(Collectors.toSet());
        return names.stream()
                .filter(name -> !ConfigKeys.isVariable(name) && variables.contains(ConfigKeys.variable(name)))
                .collect(Collectors.toSet());
    }

    /** Returns the names that a source has although it does not have their environment variables. */
    private static Set<String> written(Config config) {
        Set<String> written = new HashSet<>();
        for (ConfigSource source : config.getConfigSources()) {
            Set<String> names = names(source.getPropertyNames());
            names.removeAll(aliases(names));
            written.addAll(names);
        }
        return written;
    }

    private static void read(String name, Config config, ConfigSources sources) {
        try {
            ConfigValue found = config.getConfigValue(name);
            if (found.getValue() != null) {
                int strength = Math.max(found.getSourceOrdinal(), ConfigEntry.APPLICATION_FILE + 1);
                sources.entries().add(new ConfigEntry(name, found.getValue(), found.getSourceName(), strength));
            } else if (found.getRawValue() != null) {
                sources.unreadable().add(name);
                sources.problems()
                        .add(name + " (" + found.getSourceName() + ") is \"" + found.getRawValue()
                                + "\", which refers to a property that is not configured");
            }
        } catch (RuntimeException failed) {
            sources.unreadable().add(name);
            sources.problems().add(name + " cannot be read from MicroProfile Config: " + failed);
        }
    }
}
