package io.switchgear.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchgear.message.Message;
import io.switchgear.settings.Tunable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** What is wrong with registries, each told once. Whatever it is, the application runs. */
final class RegistryProblems {
    private final Set<MeterRegistry> refusing =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private final Set<MeterRegistry> shared =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    /** Does something with a registry. */
    void guard(Tunable<?> of, MeterRegistry registry, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | LinkageError refused) {
            if (refusing.add(registry)) {
                Message.NO_METERS.log(refused, label(of), registry.getClass().getSimpleName());
            }
        }
    }

    /** A registry has meters of somebody else's by this name. */
    void taken(Tunable<?> by, MeterRegistry registry) {
        if (shared.add(registry)) {
            Message.METERS_TAKEN.log(label(by), registry.getClass().getSimpleName());
        }
    }

    private static String label(Tunable<?> of) {
        return of.configuredSettings().kind().label(of.name());
    }
}
