package io.switchgear.config;

import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.NamedSetting;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The configuration of one application, read once at deployment. */
public final class Configuration {
    private static final int MINUTES_OF_A_YEAR = 525_600;
    private static final String APPLICATION = "switchgear.application";
    private static final String JMX_ENABLED = "switchgear.jmx.enabled";
    private static final String JMX_WRITABLE = "switchgear.jmx.writable";
    private static final String SETTINGS_FILE = "switchgear.settings-file";
    private static final String SETTINGS_AUTOSAVE = "switchgear.settings-autosave";
    private static final List<String> FLAGS = List.of(SETTINGS_AUTOSAVE, JMX_ENABLED, JMX_WRITABLE);
    private static final String MAX_SERVICES = "switchgear.metrics.max-services";
    private static final String OPEN_MINUTES = "switchgear.attention.open-minutes";
    private static final String FORCED_MINUTES = "switchgear.attention.forced-minutes";
    private static final String FLAPPING_TRANSITIONS = "switchgear.attention.flapping-transitions";
    private static final String FLAPPING_MINUTES = "switchgear.attention.flapping-minutes";
    /** The greatest value of each number; the least is 0. */
    private static final Map<String, Integer> NUMBERS = Map.of(
            MAX_SERVICES, 100_000,
            OPEN_MINUTES, MINUTES_OF_A_YEAR,
            FORCED_MINUTES, MINUTES_OF_A_YEAR,
            FLAPPING_TRANSITIONS, 1_000,
            FLAPPING_MINUTES, MINUTES_OF_A_YEAR);

    private static final List<String> LIBRARY_KEYS = List.of(
            APPLICATION,
            SETTINGS_FILE,
            SETTINGS_AUTOSAVE,
            JMX_ENABLED,
            JMX_WRITABLE,
            MAX_SERVICES,
            OPEN_MINUTES,
            FORCED_MINUTES,
            FLAPPING_TRANSITIONS,
            FLAPPING_MINUTES);
    private static final String DEFAULT = "switchgear.default.";
    private static final Pattern NAMED =
            Pattern.compile("switchgear\\.(?<kind>[a-z]+)\\.\".+\"\\.(?<setting>[^\"]+)", Pattern.DOTALL);
    private static final Pattern CRITICAL = Pattern.compile(
            "switchgear\\.breaker\\.\".+\"\\.critical|SWITCHGEAR_BREAKER__.+__CRITICAL", Pattern.DOTALL);
    private static final Pattern SERVICE_URL = Pattern.compile("switchgear\\.service\\.\"(?<name>.+)\"\\.url");

    private final Map<String, ConfigEntry> byKey;
    private final Map<Setting, ConfigEntry> defaults = new EnumMap<>(Setting.class);
    private final Map<ConfigEntry, InvalidSettingsException> wrongDefaults = new LinkedHashMap<>();
    // breakers are made in code by many threads
    private final Set<String> unused = ConcurrentHashMap.newKeySet();
    private final boolean hasNames;

    /** @param entries of whatever keys; those that are not of this library are left alone */
    Configuration(Collection<ConfigEntry> entries) {
        byKey = entries.stream()
                .filter(entry -> entry.key().startsWith("switchgear.")
                        || entry.key().startsWith("SWITCHGEAR_DEFAULT_")
                        || isNameVariable(entry.key())
                        || entry.key().startsWith("SWITCHGEAR_JMX")
                        || entry.key().startsWith("SWITCHGEAR_SETTINGS")
                        || entry.key().startsWith("SWITCHGEAR_METRICS")
                        || entry.key().startsWith("SWITCHGEAR_ATTENTION")
                        || LIBRARY_KEYS.stream().map(Configuration::variable).anyMatch(entry.key()::equals))
                .collect(Collectors.toMap(
                        ConfigEntry::key, entry -> entry, (weaker, stronger) -> stronger, TreeMap::new));
        byKey.keySet().stream()
                .filter(key -> NamedSetting.ofKey(key).isPresent() || isCritical(key) || isNameVariable(key))
                .forEach(unused::add);
        hasNames = !unused.isEmpty();
        for (Setting setting : Setting.values()) {
            entry(defaultKey(setting)).ifPresent(entry -> addDefault(setting, entry));
        }
    }

    private static String defaultKey(Setting setting) {
        return DEFAULT
                + (setting.kind() == TunableKind.BREAKER ? "" : setting.kind().word() + ".")
                + setting.key();
    }

    /** As a key or as its variable, which ends like that of no setting, whatever the name in it. */
    private static boolean isCritical(String key) {
        return CRITICAL.matcher(key).matches();
    }

    private static boolean isNameVariable(String key) {
        return Arrays.stream(TunableKind.values())
                .anyMatch(kind -> key.startsWith(variable("switchgear." + kind.word() + ".")));
    }

    /** One that is wrong by itself is wrong once, not for each breaker. */
    private void addDefault(Setting setting, ConfigEntry entry) {
        try {
            setting.parse(entry.value());
            defaults.put(setting, entry);
        } catch (InvalidSettingsException refused) {
            wrongDefaults.put(entry, refused);
        }
    }

    /** Reads what is there for the application whose class loader this is. */
    public static Configuration of(ClassLoader application) {
        return new Configuration(ConfigSources.entries(application));
    }

    /** The name to group the MBeans under, if one is configured. */
    public Optional<String> application() {
        return entry(APPLICATION).map(ConfigEntry::value);
    }

    /** Whether breakers are to be MBeans; so they are unless {@code switchgear.jmx.enabled} is {@code false}. */
    public boolean jmxEnabled() {
        return flag(JMX_ENABLED, true);
    }

    /** Whether MBeans take changes; so they do unless {@code switchgear.jmx.writable} is {@code false}. */
    public boolean jmxWritable() {
        return flag(JMX_WRITABLE, true);
    }

    /**
     * The file to keep changed settings in, if one is configured.
     *
     * @param application what stands for <code>{application}</code> in its name
     */
    public Optional<Path> settingsFile(String application) {
        return entry(SETTINGS_FILE).map(entry -> SettingsPath.of(entry.value(), application));
    }

    /** Whether each change is saved at once; only if {@code switchgear.settings-autosave} is {@code true}. */
    public boolean settingsAutosave() {
        return flag(SETTINGS_AUTOSAVE, false);
    }

    /** How many things of each kind have meters; {@code switchgear.metrics.max-services}, 1,000 by default. */
    public int mostMetered() {
        return number(MAX_SERVICES, 1_000);
    }

    /** When breakers need a person; {@code switchgear.attention...}. */
    public AttentionLimits attentionLimits() {
        return new AttentionLimits(
                Duration.ofMinutes(number(OPEN_MINUTES, 10)),
                Duration.ofMinutes(number(FORCED_MINUTES, 60)),
                number(FLAPPING_TRANSITIONS, 10),
                Duration.ofMinutes(number(FLAPPING_MINUTES, 10)));
    }

    /** What is wrong is among the {@link #problems}. */
    private int number(String key, int otherwise) {
        return entry(key)
                .map(ConfigEntry::value)
                .filter(value -> numberProblem(key, value).isEmpty())
                .map(Integer::valueOf)
                .orElse(otherwise);
    }

    private static String numberProblem(String key, String value) {
        int most = NUMBERS.get(key);
        boolean fits = value.matches("\\d{1,9}") && Integer.parseInt(value) <= most;
        return fits ? "" : "must be a whole number from 0 to " + most + " but was \"" + value + "\"";
    }

    private boolean flag(String key, boolean otherwise) {
        return entry(key).map(entry -> entry.value().equals("true")).orElse(otherwise);
    }

    /** What is wrong with keys and with the values of the library's own keys, a sentence each. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        byKey.values().stream()
                .filter(entry -> !isKnown(entry.key()))
                .map(entry -> entry + " is not known" + hint(entry.key()))
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            problems.add("Known are " + String.join(", ", LIBRARY_KEYS) + "; "
                    + Arrays.stream(TunableKind.values())
                            .map(Configuration::keys)
                            .collect(Collectors.joining("; ")));
        }
        wrongDefaults.forEach((entry, refused) -> problems.add(refused.messageNaming(member -> entry.toString())));
        if (settingsAutosave() && entry(SETTINGS_FILE).isEmpty()) {
            problems.add(
                    entry(SETTINGS_AUTOSAVE).orElseThrow() + " needs " + SETTINGS_FILE + ", which is not configured");
        }
        check(APPLICATION, value -> value.isBlank() ? "must not be blank" : "", problems);
        check(SETTINGS_FILE, SettingsPath::problem, problems);
        for (String flag : FLAGS) {
            check(flag, Configuration::flagProblem, problems);
        }
        NUMBERS.keySet().stream().sorted().forEach(key -> check(key, value -> numberProblem(key, value), problems));
        byKey.values().stream()
                .filter(entry -> isCritical(entry.key()))
                .forEach(entry -> check(entry, Configuration::flagProblem, problems));
        return problems;
    }

    private static String flagProblem(String value) {
        return value.matches("true|false") ? "" : "must be true or false but was \"" + value + "\"";
    }

    private static String keys(TunableKind kind) {
        String defaults = DEFAULT + (kind == TunableKind.BREAKER ? "" : kind.word() + ".");
        return beside(kind)
                        .map(key -> "switchgear." + kind.word() + ".\"<name>\"." + key + ", ")
                        .orElse("") + defaults
                + "<setting> and switchgear." + kind.word()
                + ".\"<name>\".<setting>, where a setting is one of "
                + Setting.of(kind).stream().map(Setting::key).collect(Collectors.joining(", "));
    }

    /** What is configured of something by its name and is no setting, as nobody can tune it. */
    private static Optional<String> beside(TunableKind kind) {
        return switch (kind) {
            case BREAKER -> Optional.of("critical");
            case SERVICE -> Optional.of("url");
            case RETRY, FALLBACK -> Optional.empty();
        };
    }

    private static String hint(String key) {
        Matcher named = NAMED.matcher(key);
        for (TunableKind kind : TunableKind.values()) {
            if (named.matches() && named.group("kind").equals(kind.word())) {
                return ": \"" + named.group("setting") + "\" is nothing that is configured of a " + kind.word()
                        + "; there are "
                        + beside(kind).map(beside -> beside + ", ").orElse("")
                        + Setting.of(kind).stream().map(Setting::key).collect(Collectors.joining(", "));
            }
            if (key.startsWith("switchgear." + kind.word() + ".")) {
                return ": after switchgear." + kind.word() + ". comes the " + kind.word()
                        + "'s name in quotes and then a setting; in a properties"
                        + " file each blank, colon and equals sign of a key needs a backslash before it";
            }
        }
        return "";
    }

    /** @param problem tells from a value what is wrong with it, if anything */
    private void check(String key, UnaryOperator<String> problem, List<String> problems) {
        entry(key).ifPresent(entry -> check(entry, problem, problems));
    }

    private static void check(ConfigEntry entry, UnaryOperator<String> problem, List<String> problems) {
        String found = problem.apply(entry.value());
        if (!found.isEmpty()) {
            problems.add(entry + " " + found);
        }
    }

    private static boolean isKnown(String key) {
        return LIBRARY_KEYS.contains(key)
                || LIBRARY_KEYS.stream().map(Configuration::variable).anyMatch(key::equals)
                || Arrays.stream(Setting.values())
                        .map(Configuration::defaultKey)
                        .anyMatch(known -> key.equals(known) || key.equals(variable(known)))
                || NamedSetting.ofKey(key).isPresent()
                || SERVICE_URL.matcher(key).matches()
                || isCritical(key)
                || isNameVariable(key);
    }

    /**
     * The settings of something: those given, with what is configured for all of its kind and for this one.
     *
     * @throws IllegalArgumentException if they make no settings; the message names keys, sources, values and ranges
     */
    public <S extends TunableSettings<S>> S settings(String name, S annotated) {
        return settings(List.of(name), annotated);
    }

    /**
     * Likewise, for one that several names stand for.
     *
     * @param names the strongest last
     */
    public <S extends TunableSettings<S>> S settings(List<String> names, S annotated) {
        Map<Setting, ConfigEntry> configured = configured(annotated.kind(), names);
        configured.values().forEach(entry -> unused.remove(entry.key()));
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
     * Whether the application cannot do without a breaker: {@code switchgear.breaker."<name>".critical} is {@code true}
     * of the last of these names that it is configured of.
     */
    public boolean critical(List<String> names) {
        Optional<ConfigEntry> configured = names.stream()
                .flatMap(name -> entry("switchgear.breaker.\"" + name + "\".critical").stream())
                .reduce((weaker, stronger) -> stronger);
        configured.ifPresent(entry -> unused.remove(entry.key()));
        return configured.filter(entry -> entry.value().equals("true")).isPresent();
    }

    /** A configured value, and where it was found. */
    public record Configured(String value, String origin) {}

    /** The addresses of the services that are configured, by name. */
    public Map<String, Configured> services() {
        Map<String, Configured> services = new TreeMap<>();
        for (String key : byKey.keySet()) {
            Matcher service = SERVICE_URL.matcher(key);
            if (service.matches()) {
                entry(key).ifPresent(entry -> {
                    services.put(service.group("name"), new Configured(entry.value(), entry.toString()));
                    unused.remove(entry.key());
                });
            }
        }
        return services;
    }

    /** For each setting that is configured the key and the source that it has from there. */
    public Map<Setting, String> origins(TunableKind kind, String name) {
        return origins(kind, List.of(name));
    }

    /** Likewise, for one that several names stand for, the strongest last. */
    public Map<Setting, String> origins(TunableKind kind, List<String> names) {
        Map<Setting, String> origins = new EnumMap<>(Setting.class);
        configured(kind, names).forEach((setting, entry) -> origins.put(setting, entry.toString()));
        return origins;
    }

    private Map<Setting, ConfigEntry> configured(TunableKind kind, List<String> names) {
        Map<Setting, ConfigEntry> configured = new EnumMap<>(defaults);
        configured.keySet().removeIf(setting -> setting.kind() != kind);
        if (hasNames) {
            for (String name : names) {
                for (Setting setting : Setting.of(kind)) {
                    entry(new NamedSetting(name, setting).key()).ifPresent(entry -> configured.put(setting, entry));
                }
            }
        }
        return configured;
    }

    /** The keys with names that nobody asked for. */
    public Set<String> unused() {
        return Set.copyOf(unused);
    }

    /** By the key or, stronger or as strong as that in every source, by its variable. */
    private Optional<ConfigEntry> entry(String key) {
        ConfigEntry named = byKey.get(key);
        ConfigEntry variable = byKey.get(variable(key));
        if (named == null || variable == null) {
            return Optional.ofNullable(named == null ? variable : named);
        }
        return Optional.of(named.strength() > variable.strength() ? named : variable);
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
