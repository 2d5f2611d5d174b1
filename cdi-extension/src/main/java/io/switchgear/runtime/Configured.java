// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.breaker.Reconfigurable;
import io.switchgear.config.Configuration;
import io.switchgear.message.Message;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import io.switchgear.settings.TunableSnapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A breaker or layer that follows configuration, and the definition that is in force for it. */
final class Configured<S extends TunableSettings<S>> {
    private final Reconfigurable<S> tunable;
    private volatile Definition<S> definition;

    Configured(Reconfigurable<S> tunable, Definition<S> definition) {
        this.tunable = tunable;
        this.definition = definition;
    }

    Definition<S> definition() {
        return definition;
    }

    /** Returns the source of each setting that is configured. */
    Map<Setting, String> origins() {
        return definition.configured();
    }

    /** Returns the call window that it would have, in calls; 0 if the configuration is not valid for it. */
    static long windowCalls(Definition<?> definition, Configuration next) {
        try {
            return ((Number) definition.with(next).settings().get(Setting.WINDOW_CALLS)).longValue();
        } catch (IllegalArgumentException refused) {
            return 0;
        }
    }

    /**
     * Applies a configuration as one set, or keeps the one before.
     *
     * @param changed receives a sentence if settings in force have changed
     * @param refused receives a sentence if the configuration is refused
     */
    void follow(Configuration next, Consumer<String> changed, Consumer<String> refused) {
        Definition<S> before = definition;
        if (before.isMergedWith(next)) {
            return;
        }
        try {
            Definition<S> after = before.with(next);
            Set<Setting> moved = moved(before.settings(), after.settings());
            if (!moved.isEmpty()) {
                configure(after, moved, author(before, after, moved), changed);
            }
            definition = after;
        } catch (InvalidSettingsException contradiction) {
            refused.accept(label() + ": "
                    + contradiction.messageNaming(member -> named(member, tunable.snapshot(), before, next)));
        } catch (IllegalArgumentException invalid) {
            refused.accept(label() + ": " + invalid.getMessage());
        }
    }

    private void configure(Definition<S> after, Set<Setting> moved, String author, Consumer<String> changed) {
        TunableSnapshot<S> present = tunable.snapshot();
        tunable.configure(after.settings(), author);
        String what = present.settings().changesTo(tunable.snapshot().settings());
        if (!what.isEmpty()) {
            changed.accept(label() + ": " + what);
        }
        List<String> kept = new ArrayList<>();
        present.changedBy().forEach((setting, operator) -> {
            if (moved.contains(setting)) {
                kept.add(setting.attributeName() + " is " + present.settings().get(setting) + ", changed by " + operator
                        + ", and is now " + after.settings().get(setting) + " in configuration");
            }
        });
        if (!kept.isEmpty()) {
            Message.CONFIGURATION_OVERRIDDEN.log(label(), String.join("; ", kept));
        }
    }

    private String label() {
        return tunable.configuredSettings().kind().label(tunable.name());
    }

    private static <S extends TunableSettings<S>> Set<Setting> moved(S before, S after) {
        return Setting.of(before.kind()).stream()
                .filter(setting -> !before.get(setting).equals(after.get(setting)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Setting.class)));
    }

    /** Returns the keys that have changed, with their sources. */
    private static String author(Definition<?> before, Definition<?> after, Set<Setting> moved) {
        return moved.stream()
                .map(setting -> {
                    String now = after.configured().get(setting);
                    return now == null ? before.configured().get(setting) + " removed" : now;
                })
                .collect(Collectors.joining(", ", "configuration ", ""));
    }

    /** Returns a setting with the place from which its value comes. */
    private static String named(
            String member, TunableSnapshot<?> present, Definition<?> definition, Configuration next) {
        for (Setting setting : Setting.of(definition.settings().kind())) {
            if (setting.memberName().equals(member)) {
                String operator = present.changedBy().get(setting);
                return operator != null
                        ? setting.attributeName() + ", changed by " + operator + ","
                        : next.origins(
                                        definition.settings().kind(),
                                        definition.origin().names())
                                .getOrDefault(setting, setting.attributeName());
            }
        }
        return member;
    }
}
