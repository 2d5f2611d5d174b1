// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Single properties of another specification, by their names. They come from MicroProfile Config or, without it, from
 * system properties and environment variables.
 */
public final class ForeignProperties {
    private static final Set<String> TRUE = Set.of("true", "1", "yes", "y", "on");
    private static final Set<String> FALSE = Set.of("false", "0", "no", "n", "off");

    private final Function<String, Optional<ConfigEntry>> source;

    private ForeignProperties(Function<String, Optional<ConfigEntry>> source) {
        this.source = source;
    }

    /** A configured value without spaces around it, and its key and source. */
    public record Property(String value, String origin) {
        /**
         * Returns whether the value is one of the words for true that MicroProfile Config knows.
         *
         * @throws IllegalArgumentException if it is neither one of them nor their opposite
         */
        public boolean isTrue() {
            String word = value.toLowerCase(Locale.ROOT);
            if (!TRUE.contains(word) && !FALSE.contains(word)) {
                throw new IllegalArgumentException(origin + " must be true or false but was \"" + value + "\"");
            }
            return TRUE.contains(word);
        }
    }

    /**
     * Returns the properties of an application.
     *
     * @throws IllegalStateException if MicroProfile Config is present but broken
     */
    public static ForeignProperties of(ClassLoader application) {
        return ConfigSources.hasMicroProfile()
                ? new ForeignProperties(MicroProfileConfig.values(application))
                : ofProcess(System::getProperty, System::getenv);
    }

    /**
     * Returns a property; empty if it has no value.
     *
     * @throws IllegalStateException if MicroProfile Config cannot read it
     */
    public Optional<Property> find(String key) {
        return source.apply(key)
                .filter(entry -> !entry.value().isBlank())
                .map(entry -> new Property(entry.value().strip(), entry.toString()));
    }

    /** Returns the properties of a process, without MicroProfile Config. */
    static ForeignProperties ofProcess(UnaryOperator<String> properties, UnaryOperator<String> environment) {
        return new ForeignProperties(key -> {
            // as MicroProfile Config maps names to variables
            String variable = key.replaceAll("[^A-Za-z0-9_]", "_");
            return entry(key, properties.apply(key), "system properties")
                    .or(() -> Stream.of(key, variable, variable.toUpperCase(Locale.ROOT))
                            .flatMap(name -> entry(name, environment.apply(name), "environment").stream())
                            .findFirst());
        });
    }

    private static Optional<ConfigEntry> entry(String key, String value, String source) {
        return value == null ? Optional.empty() : Optional.of(new ConfigEntry(key, value, source, 0));
    }
}
