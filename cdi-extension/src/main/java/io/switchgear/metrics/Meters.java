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

/** The meters of all that can be tuned in an application; they come and go with it. */
public final class Meters implements TunableListener {
    private final List<MeterRegistry> registries;
    private final int most;
    private final RegistryProblems problems = new RegistryProblems();
    private final Map<TunableKind, Map<Tunable<?>, TunableMeters>> bound = new EnumMap<>(TunableKind.class);
    private final Set<TunableKind> told = EnumSet.noneOf(TunableKind.class);
    private boolean closed;

    /**
     * Has no meters yet.
     *
     * @param registries each gets all meters, but for those that are part of another one among them
     * @param most how many things of each kind get meters, so that what is made by key does not make labels without
     *     end; what comes beyond is told in the log, once, and has none
     */
    public Meters(List<? extends MeterRegistry> registries, int most) {
        this.registries = alone(registries);
        this.most = most;
        for (TunableKind kind : TunableKind.values()) {
            bound.put(kind, new IdentityHashMap<>());
        }
    }

    /** Each once: what a composite passes on to another one would be counted twice there. */
    private static List<MeterRegistry> alone(List<? extends MeterRegistry> registries) {
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
        if (bound.get(kind).size() >= most) {
            if (told.add(kind)) {
                Message.METERS_LEFT_OUT.log(kind.label(tunable.name()), kind.plural(), most);
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

    /** Takes all meters back; the registries go on. May be called more than once. */
    @Override
    public synchronized void close() {
        closed = true;
        for (Map<Tunable<?>, TunableMeters> ofKind : bound.values()) {
            ofKind.values().forEach(TunableMeters::end);
            ofKind.clear();
        }
    }
}
