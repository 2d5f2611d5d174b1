// SPDX-License-Identifier: Apache-2.0
package io.switchgear.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.switchgear.message.Message;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableListener;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The meters of all breakers, retries, fallbacks, time limits and services of an application, registered and removed
 * with them.
 *
 * @since 0.1
 */
public final class Meters implements TunableListener {
    private final List<MeterRegistry> registries;
    private final int max;
    private final RegistryProblems problems = new RegistryProblems();
    private final Map<TunableKind, Map<Tunable<?>, TunableMeters>> bound = new EnumMap<>(TunableKind.class);
    private final Set<TunableKind> logged = EnumSet.noneOf(TunableKind.class);
    private boolean closed;

    /**
     * Creates a listener without meters.
     *
     * @param registries each gets all meters, except those that are part of a composite among them
     * @param max the maximum number of breakers with meters, and likewise of each other kind. Without it, breakers by
     *     key would create labels without end. Those beyond it have no meters, which is logged once for each kind
     */
    public Meters(List<? extends MeterRegistry> registries, int max) {
        this.registries = withoutParts(registries);
        this.max = max;
        for (TunableKind kind : TunableKind.values()) {
            bound.put(kind, new IdentityHashMap<>());
        }
    }

    /** Returns each registry once, without those that a composite among them passes values on to. */
    private static List<MeterRegistry> withoutParts(List<? extends MeterRegistry> registries) {
        Set<MeterRegistry> each = identities(registries);
        Set<MeterRegistry> parts = identities(List.of());
        each.forEach(registry -> parts(registry).forEach(parts::add));
        each.removeAll(parts);
        return List.copyOf(each);
    }

    private static Stream<MeterRegistry> parts(MeterRegistry registry) {
        return registry instanceof CompositeMeterRegistry composite
                ? composite.getRegistries().stream().flatMap(part -> Stream.concat(Stream.of(part), parts(part)))
                : Stream.empty();
    }

    private static Set<MeterRegistry> identities(Collection<? extends MeterRegistry> registries) {
        Set<MeterRegistry> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(registries);
        return set;
    }

    @Override
    public synchronized void added(Tunable<?> tunable) {
        if (closed || registries.isEmpty()) {
            return;
        }
        TunableKind kind = tunable.configuredSettings().kind();
        if (bound.get(kind).size() >= max) {
            if (logged.add(kind)) {
                Message.METERS_LEFT_OUT.log(kind.label(tunable.name()), kind.plural(), max);
            }
            return;
        }
        TunableMeters meters = new TunableMeters(tunable, problems);
        bound.get(kind).put(tunable, meters);
        meters.begin(registries);
    }

    @Override
    public synchronized void removed(Tunable<?> tunable) {
        TunableMeters meters = bound.get(tunable.configuredSettings().kind()).remove(tunable);
        if (meters != null) {
            meters.end();
        }
    }

    /** Removes all meters. The registries stay open. May be called more than once. */
    @Override
    public synchronized void close() {
        closed = true;
        for (Map<Tunable<?>, TunableMeters> ofKind : bound.values()) {
            ofKind.values().forEach(TunableMeters::end);
            ofKind.clear();
        }
    }
}
