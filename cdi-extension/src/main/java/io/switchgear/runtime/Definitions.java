// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.FailureRule;
import io.switchgear.config.Configuration;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSettings;
import java.util.List;

/** Merges configuration into the settings that annotations and code give. */
public final class Definitions {
    private final Configuration configuration;

    Definitions(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Returns the definition for this name, with its configuration merged in.
     *
     * @param settings the settings that an annotation or code gives
     * @param site the place of the definition, for messages
     * @throws IllegalArgumentException if the configured settings are not valid
     */
    public <S extends TunableSettings<S>> Definition<S> define(String name, S settings, FailureRule rule, String site) {
        return define(List.of(name), settings, rule, site);
    }

    /** @param names own name last; the names before it are shared by several, and their configuration is weaker */
    <S extends TunableSettings<S>> Definition<S> define(List<String> names, S settings, FailureRule rule, String site) {
        return new Definition<>(
                names.get(names.size() - 1),
                configuration.settings(names, settings),
                rule,
                configuration.origins(settings.kind(), names),
                site,
                settings.kind() == TunableKind.BREAKER && configuration.critical(names));
    }
}
