package io.switchgear.config;

import io.switchgear.InvalidSettingsException;
import io.switchgear.Setting;
import io.switchgear.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The configuration of one application, read once at deployment. */
public final class Configuration {
    private static final String APPLICATION = "switchgear.application";
    private static final String JMX_ENABLED = "switchgear.jmx.enabled";
    private static final List<String> LIBRARY_KEYS = List.of(APPLICATION, JMX_ENABLED);
    private static final String DEFAULT = "switchgear.default.";
    private static final Pattern BREAKER =
            Pattern.compile("switchgear\\.breaker\\.\"(?<name>.+)\"\\.(?<setting>[^\".]+)");
    private static final String BREAKER_VARIABLE = "SWITCHGEAR_BREAKER_";
    private static final Map<String, Setting> SETTINGS =
            Arrays.stream(Setting.values()).collect(Collectors.toMap(Setting::key, setting -> setting));

    private final Map<String, Entry> byKey;
    private final Map<Setting, Entry> defaults = new EnumMap<>(Setting.class);
    private final Set<String> unused = new HashSet<>();
    private final boolean hasBreakers;

    /** @param entries of whatever keys; those that are not of this library are left alone */
    Configuration(Collection<Entry> entries) {
        byKey = entries.stream()
                .filter(entry -> entry.key().startsWith("switchgear.")
                        || entry.key().startsWith("SWITCHGEAR_DEFAULT_")
                        || entry.key().startsWith(BREAKER_VARIABLE)
                        || LIBRARY_KEYS.stream().map(Configuration::variable).anyMatch(entry.key()::equals))
                .collect(Collectors.toMap(Entry::key, entry -> entry, (weaker, stronger) -> stronger, TreeMap::new));
        byKey.keySet().stream()
                .filter(key -> BREAKER.matcher(key).matches() || key.startsWith(BREAKER_VARIABLE))
                .forEach(unused::add);
        hasBreakers = !unused.isEmpty();
        for (Setting setting : Setting.values()) {
            entry(DEFAULT + setting.key()).ifPresent(entry -> defaults.put(setting, entry));
        }
    }

    /** Reads what is there for the application whose class loader this is. */
    public static Configuration of(ClassLoader application) {
        return new Configuration(Sources.entries(application));
    }

    /** The name to group the MBeans under, if one is configured. */
    public Optional<String> application() {
        return entry(APPLICATION).map(Entry::value);
    }

    /** Whether breakers are to be MBeans; so they are unless {@code switchgear.jmx.enabled} is {@code false}. */
    public boolean jmxEnabled() {
        return entry(JMX_ENABLED).map(entry -> !entry.value().equals("false")).orElse(true);
    }

    /** What is wrong with keys and with the values of the library's own keys, a sentence each. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Entry entry : byKey.values()) {
            if (!isKnown(entry.key())) {
                problems.add(entry + " is not known. Known are " + String.join(", ", LIBRARY_KEYS) + ", " + DEFAULT
                        + "<setting> and switchgear.breaker.\"<name>\".<setting>, where a setting is one of "
                        + Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.joining(", ")));
            }
        }
        entry(JMX_ENABLED)
                .filter(entry -> !List.of("true", "false").contains(entry.value()))
                .ifPresent(entry -> problems.add(entry + " must be true or false but was \"" + entry.value() + "\""));
        entry(APPLICATION)
                .filter(entry -> entry.value().isBlank())
                .ifPresent(entry -> problems.add(entry + " must not be blank"));
        return problems;
    }

    private static boolean isKnown(String key) {
        Matcher breaker = BREAKER.matcher(key);
        return LIBRARY_KEYS.contains(key)
                || LIBRARY_KEYS.stream().map(Configuration::variable).anyMatch(key::equals)
                || (key.startsWith(DEFAULT) && SETTINGS.containsKey(key.substring(DEFAULT.length())))
                || SETTINGS.keySet().stream()
                        .map(setting -> variable(DEFAULT + setting))
                        .anyMatch(key::equals)
                || (breaker.matches() && SETTINGS.containsKey(breaker.group("setting")))
                || key.startsWith(BREAKER_VARIABLE);
    }

    /**
     * The settings of a breaker: those given, with what is configured for all breakers and for this one.
     *
     * @throws IllegalArgumentException if they make no settings; the message names keys, sources, values and ranges
     */
    public Settings settings(String name, Settings annotated) {
        Map<Setting, Entry> configured = new EnumMap<>(defaults);
        if (hasBreakers) {
            for (Setting setting : Setting.values()) {
                entry("switchgear.breaker.\"" + name + "\"." + setting.key()).ifPresent(entry -> {
                    configured.put(setting, entry);
                    unused.remove(entry.key());
                });
            }
        }
        if (configured.isEmpty()) {
            return annotated;
        }
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        configured.forEach((setting, entry) -> values.put(setting, entry.value()));
        try {
            return annotated.with(values);
        } catch (InvalidSettingsException refused) {
            Map<String, String> sources = configured.entrySet().stream()
                    .collect(Collectors.toMap(
                            each -> each.getKey().memberName(),
                            each -> each.getValue().toString()));
            throw new IllegalArgumentException(refused.messageNaming(member -> sources.getOrDefault(member, member)));
        }
    }

    /** The keys of breakers that nobody asked for. */
    public Set<String> unused() {
        return Set.copyOf(unused);
    }

    /** By the key or, stronger or as strong as that in every source, by its variable. */
    private Optional<Entry> entry(String key) {
        Entry named = byKey.get(key);
        Entry variable = byKey.get(variable(key));
        if (named == null || variable == null) {
            return Optional.ofNullable(named == null ? variable : named);
        }
        return Optional.of(named.strength() > variable.strength() ? named : variable);
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
