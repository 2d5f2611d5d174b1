// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import io.switchgear.managed.ManagementSettings;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The configuration of one application as it was read once: at deployment, or later by {@link FollowedSources}. */
public final class Configuration {
    private static final List<TunableSettings<?>> BUILT_IN = List.of(
            BreakerSettings.defaults(),
            RetrySettings.defaults(),
            FallbackSettings.defaults(),
            TimeLimitSettings.defaults(),
            BulkheadSettings.defaults(),
            ServiceSettings.defaults());

    private static final int MAX_NODE_LENGTH = 100;

    private final ConfigEntries entries;
    private final List<String> problems;
    // the sources, and how to read them again
    private ConfigSources sources = new ConfigSources();
    private Supplier<ConfigSources> reader = ConfigSources::new;
    private final Map<Setting, ConfigEntry> defaults = new EnumMap<>(Setting.class);
    private final List<String> wrongDefaults = new ArrayList<>();
    private final Set<TunableKind> contradicting = EnumSet.noneOf(TunableKind.class);
    private final NamedEntries named;

    /** @param entries with any keys; those of other libraries are ignored */
    Configuration(Collection<ConfigEntry> entries) {
        this(entries, List.of());
    }

    private Configuration(Collection<ConfigEntry> found, List<String> problems) {
        this.problems = problems;
        entries = new ConfigEntries(found);
        named = new NamedEntries(entries, wrongDefaults);
        for (Setting setting : Setting.values()) {
            entry(ConfigKeys.ofDefault(setting)).ifPresent(entry -> addDefault(setting, entry));
        }
        BUILT_IN.forEach(this::checkDefaults);
    }

    /** Adds a default, or its problem, so that this is reported once and not for each breaker. */
    private void addDefault(Setting setting, ConfigEntry entry) {
        try {
            setting.parse(entry.value());
            defaults.put(setting, entry);
        } catch (InvalidSettingsException refused) {
            wrongDefaults.add(refused.messageNaming(member -> entry.toString()));
        }
    }

    /** Removes configured defaults that contradict each other, whatever annotations say, and adds their problem. */
    private void checkDefaults(TunableSettings<?> builtIn) {
        Map<String, Setting> byMember = new HashMap<>();
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        defaults.forEach((setting, entry) -> {
            if (setting.kind() == builtIn.kind()) {
                byMember.put(setting.memberName(), setting);
                values.put(setting, entry.value());
            }
        });
        try {
            builtIn.with(values);
        } catch (InvalidSettingsException refused) {
            Set<String> members = new HashSet<>();
            refused.messageNaming(member -> {
                members.add(member);
                return member;
            });
            if (byMember.keySet().containsAll(members)) {
                wrongDefaults.add(refused.messageNaming(
                        member -> defaults.get(byMember.get(member)).toString()));
                members.forEach(member -> defaults.remove(byMember.get(member)));
                contradicting.add(builtIn.kind());
            }
        }
    }

    /**
     * Reads the configuration of an application.
     *
     * @param application the class loader of the application
     * @throws IllegalStateException if MicroProfile Config is present but broken
     */
    public static Configuration of(ClassLoader application) {
        ConfigSources sources = ConfigSources.of(application);
        Configuration configuration = of(sources);
        configuration.reader = () -> sources.again(application);
        return configuration;
    }

    static Configuration of(ConfigSources sources) {
        Configuration configuration = new Configuration(sources.entries(), sources.problems());
        configuration.sources = sources;
        configuration.reader = () -> sources;
        List<String> ignored = configuration.entries.ignored();
        if (!ignored.isEmpty()) {
            Message.CONFIGURATION_IGNORED.log(String.join("; ", ignored));
        }
        return configuration;
    }

    /**
     * Returns whether rejections become problems of Jakarta REST: {@code switchgear.rest.problems}, {@code false} by
     * default. Reads the configuration without a log line.
     *
     * @param application the class loader of the application
     */
    public static boolean restProblems(ClassLoader application) {
        ConfigSources sources = ConfigSources.of(application);
        return new Configuration(sources.entries(), sources.problems()).flag(ConfigKeys.REST_PROBLEMS, false);
    }

    /** Returns the name to group the MBeans under, if one is configured. */
    public Optional<String> application() {
        return entry(ConfigKeys.APPLICATION).map(ConfigEntry::value);
    }

    /** Returns whether breakers have MBeans: {@code switchgear.jmx.enabled}, {@code true} by default. */
    public boolean jmxEnabled() {
        return flag(ConfigKeys.JMX_ENABLED, true);
    }

    /** Returns whether MBeans accept changes: {@code switchgear.jmx.writable}, {@code true} by default. */
    public boolean jmxWritable() {
        return flag(ConfigKeys.JMX_WRITABLE, true);
    }

    /**
     * Returns the file to keep changed settings in, if one is configured.
     *
     * @param application replaces <code>{application}</code> in its name
     */
    public Optional<Path> settingsFile(String application) {
        return entry(ConfigKeys.SETTINGS_FILE).map(entry -> SettingsPath.of(entry.value(), application));
    }

    /**
     * Returns the sources to read again while the application runs: those of this configuration, and the files of
     * {@code switchgear.follow}, of which the last is the strongest.
     *
     * @param application replaces <code>{application}</code> in the names of files
     */
    public FollowedSources followed(String application) {
        // an invalid path is among the problems
        List<Path> files = entry(ConfigKeys.FOLLOW).stream()
                .filter(entry -> FollowedSources.problem(entry.value(), "").isEmpty())
                .flatMap(entry -> FollowedSources.split(entry.value()))
                .map(path -> SettingsPath.of(path, application))
                .toList();
        return new FollowedSources(sources, reader, files);
    }

    /** Returns the time between looks at the sources: {@code switchgear.follow-seconds}; 0, the default, is none. */
    public Duration followPeriod() {
        return Duration.ofSeconds(number(ConfigKeys.FOLLOW_SECONDS, 0));
    }

    /** Returns whether each change is saved at once: {@code switchgear.settings-autosave}, {@code false} by default. */
    public boolean settingsAutosave() {
        return flag(ConfigKeys.SETTINGS_AUTOSAVE, false);
    }

    /**
     * Returns the priority of the interceptor: {@code switchgear.interceptor-priority}.
     *
     * @param defaultValue returned if none is configured
     */
    public int interceptorPriority(int defaultValue) {
        return number(ConfigKeys.INTERCEPTOR_PRIORITY, defaultValue);
    }

    /**
     * Returns whether the annotations of MicroProfile Fault Tolerance are those of this library:
     * {@code switchgear.microprofile}; empty if it is not configured.
     */
    public Optional<Boolean> microProfile() {
        return entry(ConfigKeys.MICROPROFILE).map(entry -> entry.value().equals("true"));
    }

    /**
     * Returns the maximum number of each kind with meters: {@code switchgear.metrics.max-services}, 1,000 by default.
     */
    public int maxMetered() {
        return number(ConfigKeys.MAX_SERVICES, 1_000);
    }

    /** Returns the configuration of a managed runtime: {@code switchgear.datasource}, {@code switchgear.fleet...}. */
    public ManagementSettings management() {
        return new ManagementSettings(
                entry(ConfigKeys.DATA_SOURCE).map(ConfigEntry::value),
                entry(ConfigKeys.FLEET_NODE).map(ConfigEntry::value),
                Duration.ofSeconds(number(ConfigKeys.FLEET_POLL_SECONDS, 5)),
                flag(ConfigKeys.FLEET_CHANGES_FOR_ALL, false),
                number(ConfigKeys.FLEET_KEEP_LOG_DAYS, 90),
                entry(ConfigKeys.FLEET_TOPIC)
                        .map(ConfigEntry::value)
                        .filter(name -> !name.equals(ManagementSettings.NO_TOPIC)),
                entry(ConfigKeys.FLEET_CONNECTION_FACTORY)
                        .map(ConfigEntry::value)
                        .orElse(ManagementSettings.DEFAULT_CONNECTION_FACTORY),
                Duration.ofMinutes(number(ConfigKeys.REPORT_MINUTES, 1)));
    }

    /** Returns the limits beyond which breakers need attention: {@code switchgear.attention...}. */
    public AttentionLimits attentionLimits() {
        return new AttentionLimits(
                Duration.ofMinutes(number(ConfigKeys.OPEN_MINUTES, 10)),
                Duration.ofMinutes(number(ConfigKeys.FORCED_MINUTES, 60)),
                number(ConfigKeys.FLAPPING_TRANSITIONS, 10),
                Duration.ofMinutes(number(ConfigKeys.FLAPPING_MINUTES, 10)));
    }

    /** Returns a number; one that is not valid is ignored here and is among the {@link #problems}. */
    private int number(String key, int defaultValue) {
        return entry(key)
                .map(ConfigEntry::value)
                .filter(value -> numberProblem(key, value).isEmpty())
                .map(Integer::valueOf)
                .orElse(defaultValue);
    }

    private static String numberProblem(String key, String value) {
        int min = ConfigKeys.MINIMA.getOrDefault(key, 0);
        int max = ConfigKeys.NUMBERS.get(key);
        boolean fits = value.matches("\\d{1,9}") && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max;
        return fits ? "" : "must be a whole number from " + min + " to " + max + " but was \"" + value + "\"";
    }

    private boolean flag(String key, boolean defaultValue) {
        return entry(key).map(entry -> entry.value().equals("true")).orElse(defaultValue);
    }

    /** Returns the problems with keys, with defaults and with the values of the library's own keys, a sentence each. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(this.problems);
        problems.addAll(entries.problems());
        problems.addAll(wrongDefaults);
        if (settingsAutosave() && entry(ConfigKeys.SETTINGS_FILE).isEmpty()) {
            problems.add(entry(ConfigKeys.SETTINGS_AUTOSAVE).orElseThrow() + " needs " + ConfigKeys.SETTINGS_FILE
                    + ", which is not configured");
        }
        if (entry(ConfigKeys.FOLLOW).isPresent()
                && entry(ConfigKeys.FOLLOW_SECONDS).isEmpty()) {
            problems.add(entry(ConfigKeys.FOLLOW).orElseThrow() + " needs " + ConfigKeys.FOLLOW_SECONDS
                    + ", which is not configured; 0 reads the files once");
        }
        String settingsFile =
                entry(ConfigKeys.SETTINGS_FILE).map(ConfigEntry::value).orElse("");
        check(ConfigKeys.FOLLOW, value -> FollowedSources.problem(value, settingsFile), problems);
        check(ConfigKeys.APPLICATION, value -> value.isBlank() ? "must not be blank" : "", problems);
        check(ConfigKeys.SETTINGS_FILE, SettingsPath::problem, problems);
        for (String jndiName :
                List.of(ConfigKeys.DATA_SOURCE, ConfigKeys.FLEET_TOPIC, ConfigKeys.FLEET_CONNECTION_FACTORY)) {
            check(jndiName, value -> value.isBlank() ? "must not be blank" : "", problems);
        }
        check(ConfigKeys.FLEET_NODE, Configuration::nodeProblem, problems);
        checkStores(problems);
        for (String flag : ConfigKeys.FLAGS) {
            check(flag, Configuration::flagProblem, problems);
        }
        ConfigKeys.NUMBERS.keySet().stream()
                .sorted()
                .forEach(key -> check(key, value -> numberProblem(key, value), problems));
        entries.keys().stream()
                .filter(ConfigKeys::isCritical)
                .forEach(key -> check(key, Configuration::flagProblem, problems));
        return problems;
    }

    private static String nodeProblem(String value) {
        return value.length() <= MAX_NODE_LENGTH && !value.isBlank() && value.matches("[^,*?\\p{Cntrl}]+")
                ? ""
                : "must be 1 to " + MAX_NODE_LENGTH + " characters, not blank and without comma, * and ?, but was "
                        + Text.quoted(value);
    }

    private void checkStores(List<String> problems) {
        entry(ConfigKeys.DATA_SOURCE)
                .filter(entry -> !entry.value().equals(ManagementSettings.NO_DATA_SOURCE))
                .ifPresent(entry -> entry(ConfigKeys.SETTINGS_FILE)
                        .ifPresent(file -> problems.add(entry + " and " + file
                                + " are two places for settings; remove one, or set "
                                + ConfigKeys.DATA_SOURCE + " = " + ManagementSettings.NO_DATA_SOURCE)));
    }

    private static String flagProblem(String value) {
        return value.matches("true|false") ? "" : "must be true or false but was \"" + value + "\"";
    }

    /** @param problem returns the problem with a value; empty if there is none */
    private void check(String key, UnaryOperator<String> problem, List<String> problems) {
        entry(key).ifPresent(entry -> {
            String found = problem.apply(entry.value());
            if (!found.isEmpty()) {
                problems.add(entry + " " + found);
            }
        });
    }

    /**
     * Returns the settings by a name: those given, with those configured for all of their kind and for this name.
     *
     * @throws IllegalArgumentException if the result is not valid; the message names keys, sources, values and ranges
     */
    public <S extends TunableSettings<S>> S settings(String name, S annotated) {
        return settings(List.of(name), annotated);
    }

    /**
     * Returns the settings of something that is configured by several names.
     *
     * @param names the strongest last
     * @see #settings(String, TunableSettings)
     */
    public <S extends TunableSettings<S>> S settings(List<String> names, S annotated) {
        Map<Setting, ConfigEntry> configured = configured(annotated.kind(), names);
        Setting.of(annotated.kind()).forEach(setting -> named.markUsed(annotated.kind(), names, setting.key()));
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

    /**
     * Returns whether a breaker is critical, so that the application cannot do without it:
     * {@code switchgear.breaker."<name>".critical}, like a setting without a default for all.
     */
    public boolean critical(List<String> names) {
        named.markUsed(TunableKind.BREAKER, names, ConfigKeys.CRITICAL_KEY);
        return named.of(TunableKind.BREAKER, names, ConfigKeys.CRITICAL_KEY)
                .filter(entry -> entry.value().equals("true"))
                .isPresent();
    }

    /** A configured value, and its key and source. */
    public record Configured(String value, String origin) {}

    /** Returns the addresses of the services that are configured, by name. */
    public Map<String, Configured> services() {
        Map<String, Configured> services = new TreeMap<>();
        for (String key : entries.keys()) {
            ConfigKeys.serviceOf(key)
                    .ifPresent(name -> entry(key).ifPresent(entry -> {
                        services.put(name, new Configured(entry.value(), entry.toString()));
                        named.markUsed(key);
                    }));
        }
        return services;
    }

    /** Returns the key and the source of each setting that is configured. */
    public Map<Setting, String> origins(TunableKind kind, String name) {
        return origins(kind, List.of(name));
    }

    /** Returns the key and the source of each setting that is configured by several names, the strongest last. */
    public Map<Setting, String> origins(TunableKind kind, List<String> names) {
        Map<Setting, String> origins = new EnumMap<>(Setting.class);
        configured(kind, names).forEach((setting, entry) -> origins.put(setting, entry.toString()));
        return origins;
    }

    private Map<Setting, ConfigEntry> configured(TunableKind kind, List<String> names) {
        Map<Setting, ConfigEntry> configured = new EnumMap<>(defaults);
        configured.keySet().removeIf(setting -> setting.kind() != kind);
        for (Setting setting : Setting.of(kind)) {
            named.of(kind, names, setting.key()).ifPresent(entry -> configured.put(setting, entry));
        }
        return configured;
    }

    /** Returns the keys that have a name and were not used. */
    public Set<String> unused() {
        return named.unused();
    }

    /**
     * Logs each key that has a name and was not used.
     *
     * @param existing the names of what exists; one that is near is suggested
     */
    public void logUnused(Collection<String> existing) {
        named.logUnused(existing, Set.of());
    }

    /** Logs those alone that an earlier configuration did not have. */
    public void logUnused(Collection<String> existing, Configuration earlier) {
        named.logUnused(existing, earlier.entries.keys());
    }

    /** Returns the entries in force. */
    ConfigEntries entries() {
        return entries;
    }

    /** Returns the kinds whose configured defaults contradict each other. */
    Set<TunableKind> contradicting() {
        return contradicting;
    }

    /** Returns the problems with the values of defaults, a sentence each. */
    List<String> wrongDefaults() {
        return wrongDefaults;
    }

    /**
     * Returns this configuration with the lengths of call windows that {@code earlier} has.
     *
     * @see io.switchgear.settings.Setting#WINDOW_CALLS
     */
    public Configuration withWindowsOf(Configuration earlier) {
        Configuration merged = NextConfiguration.merged(
                earlier,
                this,
                key -> ConfigKeys.settingOf(key)
                        .filter(Setting.WINDOW_CALLS::equals)
                        .isPresent());
        return merged.entries.isSame(earlier.entries) ? earlier : merged;
    }

    private Optional<ConfigEntry> entry(String key) {
        return entries.of(key);
    }
}
