// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import io.switchgear.message.Message;
import io.switchgear.message.NamePattern;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The entries that configure something by its name, or by a pattern for names, which contains {@code *}:
 * {@code switchgear.breaker."Orders#*".enabled}.
 */
final class NamedEntries {
    private static final Pattern KEY = Pattern.compile(
            "switchgear\\.(?<kind>[a-z-]+)\\.\"(?<name>.*\\*.*)\"\\.(?<setting>[^\".]+)", Pattern.DOTALL);

    /** What an entry configures, whatever the name. */
    private record Subject(String kind, String setting) {}

    private record PatternEntry(NamePattern pattern, String key, ConfigEntry entry) {}

    private final ConfigEntries entries;
    // breakers are created in code by many threads
    private final Set<String> unused = ConcurrentHashMap.newKeySet();
    private final boolean isEmpty;
    private final Map<Subject, List<PatternEntry>> patterns = new HashMap<>();

    /**
     * Finds the keys with names. A pattern whose value is wrong is left out, so that this is reported once and not for
     * each name that matches.
     *
     * @param problems the list to which the problems with values are added
     */
    NamedEntries(ConfigEntries entries, List<String> problems) {
        this.entries = entries;
        entries.keys().stream().filter(ConfigKeys::hasName).forEach(unused::add);
        isEmpty = unused.isEmpty();
        for (String key : unused.stream().sorted().toList()) {
            Matcher parts = KEY.matcher(key);
            if (parts.matches()) {
                Subject subject = new Subject(parts.group("kind"), parts.group("setting"));
                ConfigEntry entry = entries.of(key).orElseThrow();
                problem(subject, entry)
                        .ifPresentOrElse(
                                problems::add,
                                () -> patterns.computeIfAbsent(subject, none -> new ArrayList<>())
                                        .add(new PatternEntry(new NamePattern(parts.group("name")), key, entry)));
            }
        }
    }

    private static Optional<String> problem(Subject subject, ConfigEntry entry) {
        for (TunableKind kind : TunableKind.values()) {
            Optional<Setting> setting =
                    kind.word().equals(subject.kind()) ? Setting.ofKey(kind, subject.setting()) : Optional.empty();
            try {
                setting.ifPresent(known -> known.parse(entry.value()));
            } catch (InvalidSettingsException refused) {
                return Optional.of(refused.messageNaming(member -> entry.toString()));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns what is configured by name: by the own name, else by the more specific of the names shared with others
     * and the patterns that match, that is, the one with more characters that stand for themselves.
     *
     * @param names own name last; the names before it are shared with others
     * @throws IllegalArgumentException if two patterns are equally specific and have different values
     */
    Optional<ConfigEntry> of(TunableKind kind, List<String> names, String setting) {
        if (isEmpty) {
            return Optional.empty();
        }
        String own = own(names);
        Optional<ConfigEntry> found = Optional.empty();
        int literals = -1;
        for (String name : names) {
            Optional<ConfigEntry> entry = entries.of(ConfigKeys.named(kind, name, setting));
            if (entry.isPresent()) {
                found = entry;
                literals = name.equals(own) ? Integer.MAX_VALUE : name.length();
            }
        }
        Optional<ConfigEntry> matching = mostSpecific(kind, own, setting, literals);
        return matching.isPresent() ? matching : found;
    }

    private static String own(List<String> names) {
        return names.get(names.size() - 1);
    }

    /** Returns the entry of the most specific pattern, if it has more characters that stand for themselves. */
    private Optional<ConfigEntry> mostSpecific(TunableKind kind, String name, String setting, int literals) {
        List<PatternEntry> matching = matching(kind, name, setting)
                .sorted(Comparator.comparingInt(each -> -each.pattern().literals()))
                .toList();
        if (matching.isEmpty() || matching.get(0).pattern().literals() <= literals) {
            return Optional.empty();
        }
        PatternEntry first = matching.get(0);
        matching.stream()
                .filter(each -> each.pattern().literals() == first.pattern().literals()
                        && !each.entry().value().equals(first.entry().value()))
                .findFirst()
                .ifPresent(other -> {
                    throw new IllegalArgumentException(first.entry() + " and " + other.entry() + " are equally specific"
                            + " for \"" + name + "\" but have different values, \""
                            + first.entry().value() + "\" and \""
                            + other.entry().value()
                            + "\"; make one pattern longer, or configure the name itself");
                });
        return Optional.of(first.entry());
    }

    private Stream<PatternEntry> matching(TunableKind kind, String name, String setting) {
        return patterns.getOrDefault(new Subject(kind.word(), setting), List.of()).stream()
                .filter(each -> each.pattern().test(name));
    }

    // ---- which keys are used

    void markUsed(TunableKind kind, List<String> names, String setting) {
        if (!isEmpty) {
            names.forEach(name -> markUsed(ConfigKeys.named(kind, name, setting)));
            matching(kind, own(names), setting).map(PatternEntry::key).forEach(this::markUsed);
        }
    }

    void markUsed(String key) {
        unused.remove(key);
        unused.remove(ConfigKeys.variable(key));
    }

    Set<String> unused() {
        return Set.copyOf(unused);
    }

    /** @param logged the keys that are not logged again */
    void logUnused(Collection<String> existing, Set<String> logged) {
        Set<String> keys = new TreeSet<>(unused);
        keys.removeAll(logged);
        for (String key : keys) {
            Message.CONFIGURATION_UNUSED.log(
                    entries.of(key).orElseThrow(),
                    KeyHint.meantName(key, existing)
                            .map(name -> "; did you mean \"" + name + "\"?")
                            .orElse(""));
        }
    }
}
