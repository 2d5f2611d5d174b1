package io.switchgear.runtime;

import io.switchgear.FailureRule;
import io.switchgear.config.Configuration;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSettings;
import java.util.List;

/** Merges what is configured into what annotations and code say. */
public final class Definitions {
    private final Configuration configuration;

    Definitions(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Returns the definition for this name, with what is configured for it.
     *
     * @param settings the settings that an annotation or code gives
     * @param site where it is defined, for messages
     * @throws IllegalArgumentException if what is configured makes no valid settings
     */
    public <S extends TunableSettings<S>> Definition<S> define(String name, S settings, FailureRule rule, String site) {
        return define(List.of(name), settings, rule, site);
    }

    /** @param names the last is its own; the configuration of those before it holds for several names, and is weaker */
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
