// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import io.switchgear.settings.NamedSetting;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of configuration: how they are built, and which of them are known. */
final class ConfigKeys {
    static final String APPLICATION = "switchgear.application";
    static final String JMX_ENABLED = "switchgear.jmx.enabled";
    static final String JMX_WRITABLE = "switchgear.jmx.writable";
    static final String SETTINGS_FILE = "switchgear.settings-file";
    static final String SETTINGS_AUTOSAVE = "switchgear.settings-autosave";
    static final String MICROPROFILE = "switchgear.microprofile";
    static final String REST_PROBLEMS = "switchgear.rest.problems";
    static final String FOLLOW = "switchgear.follow";
    static final String FOLLOW_SECONDS = "switchgear.follow-seconds";
    static final String DATA_SOURCE = "switchgear.datasource";
    static final String FLEET_NODE = "switchgear.fleet.node";
    static final String FLEET_POLL_SECONDS = "switchgear.fleet.poll-seconds";
    static final String FLEET_CHANGES_FOR_ALL = "switchgear.fleet.changes-for-all";
    static final String FLEET_KEEP_LOG_DAYS = "switchgear.fleet.keep-log-days";
    static final String FLEET_TOPIC = "switchgear.fleet.topic";
    static final String FLEET_CONNECTION_FACTORY = "switchgear.fleet.connection-factory";
    static final String REPORT_MINUTES = "switchgear.report-minutes";
    static final List<String> FLAGS =
            List.of(SETTINGS_AUTOSAVE, JMX_ENABLED, JMX_WRITABLE, MICROPROFILE, REST_PROBLEMS, FLEET_CHANGES_FOR_ALL);
    static final String INTERCEPTOR_PRIORITY = "switchgear.interceptor-priority";
    static final String MAX_SERVICES = "switchgear.metrics.max-services";
    static final String OPEN_MINUTES = "switchgear.attention.open-minutes";
    static final String FORCED_MINUTES = "switchgear.attention.forced-minutes";
    static final String FLAPPING_TRANSITIONS = "switchgear.attention.flapping-transitions";
    static final String FLAPPING_MINUTES = "switchgear.attention.flapping-minutes";

    private static final int MINUTES_OF_A_YEAR = 525_600;
    private static final int MINUTES_OF_A_DAY = 1_440;
    private static final int SECONDS_OF_A_DAY = 86_400;
    private static final int SECONDS_OF_AN_HOUR = 3_600;

    /** The maximum of each number. */
    static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry(INTERCEPTOR_PRIORITY, 9_999),
            Map.entry(MAX_SERVICES, 100_000),
            Map.entry(OPEN_MINUTES, MINUTES_OF_A_YEAR),
            Map.entry(FORCED_MINUTES, MINUTES_OF_A_YEAR),
            Map.entry(FLAPPING_TRANSITIONS, 1_000),
            Map.entry(FLAPPING_MINUTES, MINUTES_OF_A_YEAR),
            Map.entry(FOLLOW_SECONDS, SECONDS_OF_A_DAY),
            Map.entry(FLEET_POLL_SECONDS, SECONDS_OF_AN_HOUR),
            Map.entry(FLEET_KEEP_LOG_DAYS, 36_500),
            Map.entry(REPORT_MINUTES, MINUTES_OF_A_DAY));
    /** The minimum of each number that must not be 0. */
    static final Map<String, Integer> MINIMA = Map.of(FLEET_POLL_SECONDS, 1, FLEET_KEEP_LOG_DAYS, 1);

    private static final List<String> LIBRARY_KEYS = List.of(
            APPLICATION,
            SETTINGS_FILE,
            SETTINGS_AUTOSAVE,
            JMX_ENABLED,
            JMX_WRITABLE,
            REST_PROBLEMS,
            INTERCEPTOR_PRIORITY,
            MICROPROFILE,
            MAX_SERVICES,
            OPEN_MINUTES,
            FORCED_MINUTES,
            FLAPPING_TRANSITIONS,
            FLAPPING_MINUTES,
            FOLLOW,
            FOLLOW_SECONDS,
            DATA_SOURCE,
            FLEET_NODE,
            FLEET_POLL_SECONDS,
            FLEET_CHANGES_FOR_ALL,
            FLEET_KEEP_LOG_DAYS,
            FLEET_TOPIC,
            FLEET_CONNECTION_FACTORY,
            REPORT_MINUTES);
    private static final String DEFAULT = "switchgear.default.";
    private static final String PREFIX = "switchgear.";
    static final String CRITICAL_KEY = "critical";
    private static final Pattern CRITICAL = Pattern.compile(
            "switchgear\\.breaker\\.\".+\"\\.critical|SWITCHGEAR_BREAKER__.+__CRITICAL", Pattern.DOTALL);
    private static final Pattern SERVICE_URL = Pattern.compile("switchgear\\.service\\.\"(?<name>.+)\"\\.url");

    private static final Pattern VARIABLE = Pattern.compile("(?i)switchgear_\\w+");
    private static final Pattern NAMED_VARIABLE = Pattern.compile(Arrays.stream(TunableKind.values())
            .map(kind -> "SWITCHGEAR_" + kind.name() + "__.+__("
                    + namedSettings(kind).map(ConfigKeys::variable).collect(Collectors.joining("|")) + ")")
            .collect(Collectors.joining("|")));
    private static final Set<String> FIXED = Stream.concat(
                    LIBRARY_KEYS.stream(), Arrays.stream(Setting.values()).map(ConfigKeys::ofDefault))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    private static final Set<String> FIXED_VARIABLES =
            FIXED.stream().map(ConfigKeys::variable).collect(Collectors.toSet());

    private static final Set<String> READ_ONCE =
            LIBRARY_KEYS.stream().flatMap(key -> Stream.of(key, variable(key))).collect(Collectors.toSet());
    private static final Map<String, Setting> DEFAULTS = new HashMap<>();

    static {
        for (Setting setting : Setting.values()) {
            DEFAULTS.put(ofDefault(setting), setting);
            DEFAULTS.put(variable(ofDefault(setting)), setting);
        }
    }

    private ConfigKeys() {}

    // ---- how keys are built

    /** Returns the environment variable of a key. */
    static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Returns the key of a setting for all of its kind. */
    static String ofDefault(Setting setting) {
        return defaultPrefix(setting.kind()) + setting.key();
    }

    private static String defaultPrefix(TunableKind kind) {
        return DEFAULT + (kind == TunableKind.BREAKER ? "" : kind.word() + ".");
    }

    /** Returns the key of {@link #namedSettings something} that is configured by name. */
    static String named(TunableKind kind, String name, String setting) {
        return PREFIX + kind.word() + ".\"" + name + "\"." + setting;
    }

    /** Returns the keys of what is configured by name: settings, and what cannot be changed at run time. */
    static Stream<String> namedSettings(TunableKind kind) {
        return Stream.concat(
                besidesSettings(kind).stream(), Setting.of(kind).stream().map(Setting::key));
    }

    /** Returns the name of the service whose address {@code key} configures; empty for other keys. */
    static Optional<String> serviceOf(String key) {
        Matcher service = SERVICE_URL.matcher(key);
        return service.matches() ? Optional.of(service.group("name")) : Optional.empty();
    }

    // ---- which keys are known

    /** Returns the keys without names, all of which are known. */
    static Set<String> fixed() {
        return FIXED;
    }

    /** Returns whether a key belongs to this library, known or not. */
    static boolean isOurs(String key) {
        return key.startsWith(PREFIX) || isVariable(key);
    }

    /** Returns whether a key looks like an environment variable for this library, known or not. */
    static boolean isVariable(String key) {
        return VARIABLE.matcher(key).matches();
    }

    /** Returns whether a key belongs to this library, or would if its beginning were not misspelled. */
    static boolean concerns(String key) {
        return isOurs(key) || Spelling.isNear(key.split("[._]", 2)[0], "switchgear");
    }

    static boolean isKnown(String key) {
        return FIXED.contains(key)
                || FIXED_VARIABLES.contains(key)
                || SERVICE_URL.matcher(key).matches()
                || hasName(key);
    }

    /** Returns whether a key configures something by its name. The address of a service is not meant. */
    static boolean hasName(String key) {
        return NamedSetting.ofKey(key).isPresent()
                || isCritical(key)
                || NAMED_VARIABLE.matcher(key).matches();
    }

    /** Returns whether a key or variable makes a breaker critical. No variable of a setting ends like this one. */
    static boolean isCritical(String key) {
        return CRITICAL.matcher(key).matches();
    }

    /** Returns whether a key is read at the start alone, since nothing of it can change while the application runs. */
    static boolean isFixed(String key) {
        return READ_ONCE.contains(key)
                || isCritical(key)
                || SERVICE_URL.matcher(key).matches();
    }

    /** Returns the setting whose default for all of its kind a key, or a variable, configures. */
    static Optional<Setting> defaultOf(String key) {
        return Optional.ofNullable(DEFAULTS.get(key));
    }

    /** Returns the setting that a key configures; empty for a variable with a name, which does not show it. */
    static Optional<Setting> settingOf(String key) {
        return defaultOf(key).or(() -> NamedSetting.ofKey(key).map(NamedSetting::setting));
    }

    // ---- messages about keys

    /** Returns a sentence that lists all known keys. */
    static String known() {
        return "Known are " + String.join(", ", LIBRARY_KEYS) + "; "
                + Arrays.stream(TunableKind.values()).map(ConfigKeys::known).collect(Collectors.joining("; "));
    }

    private static String known(TunableKind kind) {
        return besidesSettings(kind)
                        .map(key -> named(kind, "<name>", key) + ", ")
                        .orElse("") + defaultPrefix(kind)
                + "<setting> and " + named(kind, "<name>", "<setting>") + ", where a setting is one of "
                + Setting.of(kind).stream().map(Setting::key).collect(Collectors.joining(", "));
    }

    /** Returns the key that is configured by name but is not a setting, as it cannot be changed at run time. */
    private static Optional<String> besidesSettings(TunableKind kind) {
        return switch (kind) {
            case BREAKER -> Optional.of(CRITICAL_KEY);
            case SERVICE -> Optional.of("url");
            case RETRY, FALLBACK, TIME_LIMIT, BULKHEAD -> Optional.empty();
        };
    }
}
