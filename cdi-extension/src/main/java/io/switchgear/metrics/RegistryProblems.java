// SPDX-License-Identifier: Apache-2.0
package io.switchgear.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchgear.message.Message;
import io.switchgear.settings.Tunable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The problems with registries. Each sort is logged once for each registry; none of them stops the application. */
final class RegistryProblems {
    private final Set<MeterRegistry> refusing =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private final Set<MeterRegistry> shared =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    /** Runs an action on a registry, and logs its failure. */
    void guard(Tunable<?> source, MeterRegistry registry, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error refused) {
            if (refusing.add(registry)) {
                Message.NO_METERS.log(
                        refused, label(source), registry.getClass().getSimpleName());
            }
        }
    }

    /** Logs that a registry has other meters by the name of {@code source}. */
    void taken(Tunable<?> source, MeterRegistry registry) {
        if (shared.add(registry)) {
            Message.METERS_TAKEN.log(label(source), registry.getClass().getSimpleName());
        }
    }

    private static String label(Tunable<?> source) {
        return source.configuredSettings().kind().label(source.name());
    }
}
