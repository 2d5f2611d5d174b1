// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Single properties of another specification, by their names. They come from MicroProfile Config or, without it, from
 * system properties and environment variables.
 */
public final class ForeignProperties {
    private final Function<String, Optional<ConfigEntry>> source;

    private ForeignProperties(Function<String, Optional<ConfigEntry>> source) {
        this.source = source;
    }

    /** A configured value, and its key and source. */
    public record Property(String value, String origin) {}

    /**
     * Returns the properties of an application.
     *
     * @throws IllegalStateException if MicroProfile Config is present but broken
     */
    public static ForeignProperties of(ClassLoader application) {
        return new ForeignProperties(
                ConfigSources.hasMicroProfile()
                        ? MicroProfileConfig.values(application)
                        : ForeignProperties::ofProcess);
    }

    /**
     * Returns a property; empty if it has no value.
     *
     * @throws IllegalStateException if MicroProfile Config cannot read it
     */
    public Optional<Property> find(String key) {
        return source.apply(key)
                .filter(entry -> !entry.value().isEmpty())
                .map(entry -> new Property(entry.value(), entry.toString()));
    }

    private static Optional<ConfigEntry> ofProcess(String key) {
        // as MicroProfile Config maps names to variables
        String variable = key.replaceAll("[^A-Za-z0-9_]", "_");
        String capitals = variable.toUpperCase(Locale.ROOT);
        return entry(key, System.getProperty(key), "system properties")
                .or(() -> entry(key, System.getenv(key), "environment"))
                .or(() -> entry(variable, System.getenv(variable), "environment"))
                .or(() -> entry(capitals, System.getenv(capitals), "environment"));
    }

    private static Optional<ConfigEntry> entry(String key, String value, String source) {
        return value == null ? Optional.empty() : Optional.of(new ConfigEntry(key, value, source, 0));
    }
}
