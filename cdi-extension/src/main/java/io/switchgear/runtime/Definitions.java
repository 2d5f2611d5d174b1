// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.FailureRule;
import io.switchgear.config.Configuration;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import java.util.List;
import java.util.Map;

/** Merges the present configuration into the settings that annotations and code give. */
public final class Definitions {
    private final Configuration deployed;
    private volatile Configuration present;

    /**
     * Creates definitions.
     *
     * @param deployed the configuration of the deployment, without followed files
     * @param present the configuration in force, with them
     */
    Definitions(Configuration deployed, Configuration present) {
        this.deployed = deployed;
        this.present = present;
    }

    /** Returns the configuration in force. */
    Configuration present() {
        return present;
    }

    /** Merges another configuration from now on. */
    void follow(Configuration next) {
        present = next;
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

    /**
     * Returns the definition of settings that come, in part, from the configuration of another library.
     *
     * @param givenBy the source of each such setting
     */
    public <S extends TunableSettings<S>> Definition<S> define(
            String name, S settings, Map<Setting, String> givenBy, FailureRule rule, String site) {
        return define(new Definition.Merge<>(List.of(name), settings, givenBy, present), rule, site);
    }

    /** @param names own name last; the names before it are shared by several, and their configuration is weaker */
    <S extends TunableSettings<S>> Definition<S> define(List<String> names, S settings, FailureRule rule, String site) {
        return define(new Definition.Merge<>(names, settings, Map.of(), present), rule, site);
    }

    private <S extends TunableSettings<S>> Definition<S> define(
            Definition.Merge<S> origin, FailureRule rule, String site) {
        try {
            return Definition.of(origin, rule, site);
        } catch (IllegalArgumentException refused) {
            if (origin.configuration() == deployed) {
                throw refused;
            }
            // a caller must not fail because a file was changed since; the next look reports why
            return Definition.of(origin.with(deployed), rule, site);
        }
    }
}
