// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/** A MicroProfile Config that lists names and resolves values as SmallRye Config 3.13 does. */
class ListedConfig implements Config {
    private final List<ConfigSource> sources;

    ListedConfig(ConfigSource... sources) {
        this.sources = Arrays.stream(sources)
                .sorted(Comparator.comparing(ConfigSource::getOrdinal).reversed())
                .toList();
    }

    /** Returns the configuration that an application reads from these sources. */
    static Configuration configuration(ConfigSource... sources) {
        return Configuration.of(read(new ListedConfig(sources)));
    }

    static ConfigSources read(Config config) {
        ConfigSources read = new ConfigSources();
        MicroProfileConfig.read(() -> config, read);
        return read;
    }

    static ConfigSource file(String... keysAndValues) {
        Map<String, String> values = map(keysAndValues);
        return new Source("file", 100, values.keySet(), values::get);
    }

    static ConfigSource systemProperties(String... keysAndValues) {
        Map<String, String> values = map(keysAndValues);
        return new Source("SysPropConfigSource", 400, values.keySet(), values::get);
    }

    /** A source that finds each value, but lists no names. */
    static ConfigSource unlisted(String... keysAndValues) {
        return new Source("vault", 270, Set.of(), map(keysAndValues)::get);
    }

    /** The environment, whose variables are listed both as they are and as properties with dots. */
    static ConfigSource environment(String... variablesAndValues) {
        Map<String, String> values = map(variablesAndValues);
        Set<String> names = new LinkedHashSet<>();
        values.keySet().forEach(variable -> {
            names.add(variable);
            names.add(
                    variable.startsWith("_DEV_")
                            ? "%dev." + dotted(variable.substring("_DEV_".length()))
                            : dotted(variable));
        });
        return new Source(
                "EnvConfigSource",
                300,
                names,
                name -> Stream.of(name, underscored(name), capitals(name))
                        .map(values::get)
                        .filter(value -> value != null)
                        .findFirst()
                        .orElse(null));
    }

    /** {@code A_B} is {@code a.b}, {@code A__B__C} is {@code a."b".c} and {@code A_1_B} is {@code a[1]b}. */
    private static String dotted(String variable) {
        StringBuilder dotted = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < variable.length(); i++) {
            if (!variable.startsWith("__", i)) {
                dotted.append(variable.charAt(i) == '_' ? '.' : Character.toLowerCase(variable.charAt(i)));
            } else {
                dotted.append(quoted ? "\"." : ".\"");
                quoted = !quoted;
                i++;
            }
        }
        return dotted.toString().replaceAll("\\.(\\d+)\\.", "[$1]");
    }

    private static String underscored(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_");
    }

    private static String capitals(String name) {
        return underscored(name).toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> map(String... keysAndValues) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    @Override
    public Iterable<String> getPropertyNames() {
        Set<String> names = new LinkedHashSet<>();
        sources.forEach(source -> source.getPropertyNames().stream()
                .map(name -> name.startsWith("%dev.") ? name.substring("%dev.".length()) : name)
                .forEach(names::add));
        return names;
    }

    @Override
    public ConfigValue getConfigValue(String name) {
        for (ConfigSource source : sources) {
            String raw = Optional.ofNullable(source.getValue("%dev." + name)).orElseGet(() -> source.getValue(name));
            if (raw != null) {
                return new Value(name, raw.startsWith("${") ? null : raw, raw, source.getName(), source.getOrdinal());
            }
        }
        return new Value(name, null, null, null, 0);
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
        return sources;
    }

    @Override
    public <T> T getValue(String name, Class<T> type) {
        throw new UnsupportedOperationException("not used, as no type is converted");
    }

    @Override
    public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
        throw new UnsupportedOperationException("not used, as no type is converted");
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new IllegalArgumentException("is nothing else");
    }

    private record Source(String name, int ordinal, Collection<String> names, UnaryOperator<String> values)
            implements ConfigSource {
        @Override
        public Set<String> getPropertyNames() {
            return new LinkedHashSet<>(names);
        }

        @Override
        public String getValue(String property) {
            return values.apply(property);
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public int getOrdinal() {
            return ordinal;
        }
    }

    private record Value(String name, String value, String raw, String source, int ordinal) implements ConfigValue {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public String getValue() {
            return value;
        }

        @Override
        public String getRawValue() {
            return raw;
        }

        @Override
        public String getSourceName() {
            return source;
        }

        @Override
        public int getSourceOrdinal() {
            return ordinal;
        }
    }
}
