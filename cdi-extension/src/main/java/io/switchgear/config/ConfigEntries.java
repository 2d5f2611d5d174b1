// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The entries in force, by key, and the mistakes among the others.
 *
 * <p>Intentional: an unknown environment variable is no problem but only {@link #ignored}. The variables of a process
 * are not the application's alone: a Service of Kubernetes that is called {@code switchgear} creates some.
 */
final class ConfigEntries {
    private static final Pattern OF_KUBERNETES = Pattern.compile(
            "SWITCHGEAR(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_[A-Z]+(_PROTO|_PORT|_ADDR)?)?)");

    private final Map<String, ConfigEntry> byKey = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();

    /** @param all with any keys; those of other libraries are left out */
    ConfigEntries(Collection<ConfigEntry> all) {
        Map<String, List<ConfigEntry>> found = new TreeMap<>();
        for (ConfigEntry entry : all) {
            if (ConfigKeys.isOurs(entry.key()) || entry.isOfOwnFile()) {
                found.computeIfAbsent(normal(entry.key()), key -> new ArrayList<>())
                        .add(entry);
            } else if (ConfigKeys.concerns(entry.key())) {
                KeyHint.meant(entry.key()).ifPresent(meant -> ignored.add(entry + ", did you mean " + meant + "?"));
            }
        }
        found.forEach(this::add);
    }

    /** Returns the one spelling of a key that is used here: variables are in capitals. */
    private static String normal(String key) {
        return ConfigKeys.isVariable(key) ? key.toUpperCase(Locale.ROOT) : key;
    }

    private void add(String key, List<ConfigEntry> found) {
        int strength = found.stream().mapToInt(ConfigEntry::strength).max().orElseThrow();
        List<ConfigEntry> strongest =
                found.stream().filter(entry -> entry.strength() == strength).toList();
        ConfigEntry entry = strongest.get(strongest.size() - 1);
        if (ConfigKeys.isKnown(key)) {
            byKey.put(key, entry);
            strongest.stream()
                    .filter(other -> !other.value().equals(entry.value()))
                    .findFirst()
                    .ifPresent(other -> problems.add(conflict(other, entry)));
        } else if (!ConfigKeys.isVariable(key) || entry.isOfOwnFile()) {
            addUnknown(entry);
        } else if (!OF_KUBERNETES.matcher(key).matches()) {
            ignored.add(entry
                    + KeyHint.meant(key)
                            .map(meant -> ", did you mean " + meant + "?")
                            .orElse(""));
        }
    }

    private static String conflict(ConfigEntry one, ConfigEntry other) {
        String values = "\"" + one.shown() + "\" and \"" + other.shown() + "\"";
        if (one.source().equals(other.source())) {
            return other + " has two values, " + values + "; remove one";
        }
        return other.key() + " has two values, " + values + ", in " + one.source() + " and in " + other.source()
                + ", and neither is stronger; remove one, or set it in WEB-INF/classes or outside the application";
    }

    private void addUnknown(ConfigEntry entry) {
        String hint = KeyHint.of(entry.key());
        problems.add(entry + " is not known" + hint);
        if (hint.isEmpty() && !problems.contains(ConfigKeys.known())) {
            problems.add(ConfigKeys.known());
        }
    }

    /** Returns the keys that are in force. */
    Set<String> keys() {
        return byKey.keySet();
    }

    /** Returns the entry of exactly this key, or of this variable; {@code null} if there is none. */
    ConfigEntry exactly(String key) {
        return byKey.get(key);
    }

    /**
     * Returns the entry of a key or, if that is stronger, of its environment variable. As strong as its variable, a key
     * may be the variable in other words, or with a profile of MicroProfile Config, which has another value.
     */
    Optional<ConfigEntry> of(String key) {
        ConfigEntry named = byKey.get(key);
        ConfigEntry variable = byKey.get(ConfigKeys.variable(key));
        if (named == null || variable == null) {
            return Optional.ofNullable(named == null ? variable : named);
        }
        boolean isSame =
                named.strength() == variable.strength() && named.value().equals(variable.value());
        return Optional.of(isSame || named.strength() < variable.strength() ? variable : named);
    }

    /** Returns whether the same keys are in force, with the same values from the same places. */
    boolean isSame(ConfigEntries other) {
        return byKey.equals(other.byKey);
    }

    /** Returns the problems with keys, a sentence each. */
    List<String> problems() {
        return problems;
    }

    /** Returns the entries that have no effect, although they look as if they should. */
    List<String> ignored() {
        return ignored;
    }
}
