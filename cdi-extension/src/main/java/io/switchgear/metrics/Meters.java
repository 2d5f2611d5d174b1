package io.switchgear.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchgear.Kind;
import io.switchgear.Tunable;
import io.switchgear.message.Message;
import io.switchgear.runtime.Follower;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The meters of all that can be tuned in an application; they come and go with it. */
public final class Meters implements Follower, AutoCloseable {
    private final List<MeterRegistry> registries;
    private final int most;
    private final Map<Kind, Map<Tunable<?>, Bound>> bound = new EnumMap<>(Kind.class);
    private boolean told;
    private boolean closed;

    /**
     * Has no meters yet.
     *
     * @param registries each gets all meters
     * @param most how many things of each kind get meters, so that what is made by key does not make labels without
     *     end; what comes beyond is told in the log, once, and has none
     */
    public Meters(List<MeterRegistry> registries, int most) {
        this.registries = List.copyOf(registries);
        this.most = most;
        for (Kind kind : Kind.values()) {
            bound.put(kind, new IdentityHashMap<>());
        }
    }

    @Override
    public synchronized void added(Tunable<?> tunable) {
        if (closed) {
            return;
        }
        Kind kind = tunable.configuredSettings().kind();
        String label = kind.label(tunable.name());
        if (bound.get(kind).size() >= most) {
            if (!told) {
                told = true;
                Message.METERS_LEFT_OUT.log(label, most);
            }
            return;
        }
        Bound meters = new Bound(tunable);
        bound.get(kind).put(tunable, meters);
        try {
            meters.begin(registries);
        } catch (RuntimeException refused) {
            // whatever is wrong with metrics, the application runs
            Message.NO_METERS.log(refused, label);
        }
    }

    @Override
    public synchronized void removed(Tunable<?> tunable) {
        Bound meters = bound.get(tunable.configuredSettings().kind()).remove(tunable);
        if (meters != null) {
            end(meters);
        }
    }

    private static void end(Bound meters) {
        try {
            meters.end();
        } catch (RuntimeException refused) {
            Message.METERS_NOT_REMOVED.log(refused, meters.name());
        }
    }

    /** Takes all meters back; the registries go on. May be called more than once. */
    @Override
    public synchronized void close() {
        closed = true;
        for (Map<Tunable<?>, Bound> ofKind : bound.values()) {
            ofKind.values().forEach(Meters::end);
            ofKind.clear();
        }
    }
}
