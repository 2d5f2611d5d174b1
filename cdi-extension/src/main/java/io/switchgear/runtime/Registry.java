// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.FailureRule;
import io.switchgear.Layer;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Reconfigurable;
import io.switchgear.config.AttentionLimits;
import io.switchgear.config.Configuration;
import io.switchgear.flight.RejectionRecorder;
import io.switchgear.guard.Retry;
import io.switchgear.guard.TimeLimit;
import io.switchgear.guard.TunableLayer;
import io.switchgear.jmx.BreakerMBeans;
import io.switchgear.jmx.Origin;
import io.switchgear.message.TransitionLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableListener;
import io.switchgear.settings.TunableSettings;
import io.switchgear.status.RetrySnapshot;
import io.switchgear.store.SavedSettings;
import io.switchgear.time.Time;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The breakers and layers of an application by name, each with its users. A new one gets its saved settings and its
 * MBean; one that loses its last user is removed.
 */
public final class Registry {
    /** The site of a definition that no annotation gives. */
    static final String CODE = "code";

    private final Map<String, NamedEntry<Breaker>> breakers = new ConcurrentSkipListMap<>();
    private final Map<String, NamedEntry<Retry>> retries = new ConcurrentHashMap<>();
    private final Map<String, NamedEntry<TimeLimit>> timeLimits = new ConcurrentHashMap<>();
    private final List<Layer<?>> layers = new CopyOnWriteArrayList<>();
    // the layers that are not shared by name
    private final Map<Tunable<?>, Configured<?>> unnamed = new ConcurrentHashMap<>();
    private final Definitions definitions;
    private final SavedSettings saved;
    private final BreakerMBeans mbeans;
    private final Time time;
    private final ApplicationEvents events;

    Registry(Definitions definitions, SavedSettings saved, BreakerMBeans mbeans, AttentionLimits limits, Time time) {
        this.definitions = definitions;
        this.saved = saved;
        this.mbeans = mbeans;
        this.time = time;
        this.events = new ApplicationEvents(limits, breakers::containsKey);
    }

    /** Returns the time of the application. */
    public Time time() {
        return time;
    }

    /** Returns the events of all breakers and layers. */
    public ApplicationEvents events() {
        return events;
    }

    // ---- lookup

    /** Returns the entries of all breakers, by name. */
    Collection<NamedEntry<Breaker>> breakers() {
        return breakers.values();
    }

    /** Returns the entry of a breaker; {@code null} if no breaker has this name. */
    NamedEntry<Breaker> breaker(String name) {
        return name == null ? null : breakers.get(name);
    }

    /** Returns the entry of retries; {@code null} if no retries have this name. */
    NamedEntry<Retry> retry(String name) {
        return retries.get(name);
    }

    /** Returns the snapshots of all retries. */
    List<RetrySnapshot> retrySnapshots() {
        return retries.values().stream().map(entry -> entry.value().snapshot()).toList();
    }

    /** Returns all breakers and layers. */
    List<Tunable<?>> tunables() {
        List<Tunable<?>> tunables = new ArrayList<>();
        breakers.values().forEach(entry -> tunables.add(entry.value()));
        tunables.addAll(layers);
        return tunables;
    }

    /** Notifies {@code listener} of all existing breakers and layers, then of each one that is created or removed. */
    public void listen(TunableListener listener) {
        exclusively(() -> {
            events.listen(listener, tunables());
            return listener;
        });
    }

    // ---- configuration

    /** Returns the configuration that new breakers and layers have. */
    Configuration configuration() {
        return definitions.present();
    }

    /**
     * Applies a configuration to all breakers and layers, existing and future ones. Those that refused it before are
     * tried again. Listeners are notified outside any lock.
     *
     * @param keyedWindows returns the maximum of what all breakers of a group need in call windows
     * @param changed receives a sentence for each breaker or layer whose settings in force have changed
     * @param refused receives a sentence for each that refuses the configuration, and keeps the one before
     */
    void follow(
            Configuration found,
            ToLongFunction<Configuration> keyedWindows,
            Consumer<String> changed,
            Consumer<String> refused) {
        Configuration next = exclusively(() -> {
            Configuration fitting = fitting(found, keyedWindows, refused);
            definitions.follow(fitting);
            return fitting;
        });
        configured().forEach(each -> each.follow(next, changed, refused));
    }

    private Stream<Configured<?>> configured() {
        return Stream.of(
                        breakers.values().stream().<Configured<?>>map(NamedEntry::configured),
                        retries.values().stream().<Configured<?>>map(NamedEntry::configured),
                        timeLimits.values().stream().<Configured<?>>map(NamedEntry::configured),
                        unnamed.values().stream())
                .flatMap(each -> each);
    }

    /** Refuses longer call windows if they would take too much memory together. */
    private Configuration fitting(
            Configuration found, ToLongFunction<Configuration> keyedWindows, Consumer<String> refused) {
        Configuration present = definitions.present();
        if (found == present) {
            return present;
        }
        long before = windowCalls(present);
        long after = Math.max(windowCalls(found), keyedWindows.applyAsLong(found));
        if (after <= BreakerSettings.MAX_TOTAL_WINDOW_CALLS || after <= before) {
            return found;
        }
        refused.accept("windowCalls of all breakers together, or of the breakers by key of one name, must be <= "
                + BreakerSettings.MAX_TOTAL_WINDOW_CALLS + " but would be " + after
                + "; lower switchgear.default.window-calls, or those of single breakers");
        return found.withWindowsOf(present);
    }

    private long windowCalls(Configuration configuration) {
        return breakers.values().stream()
                .mapToLong(entry -> Configured.windowCalls(entry.definition(), configuration))
                .sum();
    }

    // ---- creation

    /**
     * Runs {@code action} while no other thread creates or removes breakers or layers. Listeners are notified when this
     * thread has left the outermost such call, as they may be slow or call back.
     */
    <T> T exclusively(Supplier<T> action) {
        try {
            synchronized (this) {
                return action.get();
            }
        } finally {
            if (!Thread.holdsLock(this)) {
                events.deliverAppearances();
            }
        }
    }

    /**
     * Returns the breaker of this definition; creates it if it is the first of its name.
     *
     * @param user the user that keeps it until it is {@linkplain #release released}; a method is never released
     * @throws IllegalArgumentException if a breaker of this name has another definition
     */
    public Breaker breaker(Definition<BreakerSettings> definition, Object user) {
        return shared(
                breakers,
                definition,
                user,
                each -> new Breaker(
                        each.name(),
                        each.settings(),
                        each.rule(),
                        time.ticker(),
                        time.clock(),
                        new TransitionLog(user instanceof KeyedBreakerPool keys ? keys.logLimit() : null),
                        new RejectionRecorder()),
                (breaker, origin) -> {
                    events.forward(breaker);
                    breaker.listenFirst(mbeans.add(breaker, origin));
                });
    }

    /** Returns the retries of this definition; otherwise like {@link #breaker(Definition, Object)}. */
    public Retry retry(Definition<RetrySettings> definition, Object user) {
        return shared(
                retries,
                definition,
                user,
                each -> new Retry(each.name(), each.settings(), each.rule(), time),
                this::addLayer);
    }

    /** Returns the time limit of this definition; otherwise like {@link #breaker(Definition, Object)}. */
    public TimeLimit timeLimit(Definition<TimeLimitSettings> definition, Object user) {
        return timeLimit(definition, user, TimeLimitExceededException::new);
    }

    /**
     * Returns the time limit of this definition; otherwise like {@link #breaker(Definition, Object)}.
     *
     * @param exceptions creates the exceptions of a new time limit; an existing one keeps its own
     */
    public TimeLimit timeLimit(Definition<TimeLimitSettings> definition, Object user, TimeLimit.Exceptions exceptions) {
        return shared(
                timeLimits,
                definition,
                user,
                each -> new TimeLimit(each.name(), each.settings(), exceptions, time),
                this::addLayer);
    }

    private <S extends TunableSettings<S>, T extends Reconfigurable<S>> T shared(
            Map<String, NamedEntry<T>> entries,
            Definition<S> definition,
            Object user,
            Function<Definition<S>, T> factory,
            BiConsumer<T, Origin> publication) {
        return exclusively(() -> {
            NamedEntry<T> entry = entries.get(definition.name());
            if (entry == null) {
                T value = factory.apply(definition);
                Configured<S> configured = new Configured<>(value, definition);
                NamedEntry<T> created = new NamedEntry<>(value, configured);
                // before other threads find it
                saved.applyTo(created.value());
                entries.put(definition.name(), created);
                publication.accept(created.value(), new Origin(created::methods, configured::origins));
                events.added(created.value());
                entry = created;
            }
            definition.checkAgrees(entry.definition());
            return entry.usedBy(user);
        });
    }

    private void addLayer(Layer<?> layer, Origin origin) {
        layers.add(layer);
        events.forward(layer);
        mbeans.add(layer, origin);
    }

    /**
     * Adds a layer that is not shared by name.
     *
     * @param methods supplies the methods that it guards
     */
    public <S extends TunableSettings<S>> void add(
            TunableLayer<S> layer, Definition<S> definition, Supplier<List<String>> methods) {
        exclusively(() -> {
            Configured<S> configured = new Configured<>(layer, definition);
            unnamed.put(layer, configured);
            saved.applyTo(layer);
            addLayer(layer, new Origin(methods, configured::origins));
            events.added(layer);
            return layer;
        });
    }

    // ---- for code

    /**
     * Returns the definition of a breaker or layer created in code, with its configuration merged in.
     *
     * @param names as for {@link Definitions#define(List, TunableSettings, FailureRule, String)}
     * @throws IllegalArgumentException if it is not valid, or the name is taken by another definition
     */
    <S extends TunableSettings<S>> Definition<S> inCode(List<String> names, S settings, FailureRule rule) {
        Definition<S> definition = definitions.define(names, settings, rule, CODE);
        NamedEntry<?> present = switch (settings.kind()) {
            case BREAKER -> breakers.get(definition.name());
            case RETRY -> retries.get(definition.name());
            case TIME_LIMIT -> timeLimits.get(definition.name());
            case FALLBACK, BULKHEAD, SERVICE -> null;
        };
        if (present != null) {
            definition.checkAgrees(present.definition());
        }
        if (isOwn(settings.kind()) && has(settings.kind(), definition.name())) {
            throw new IllegalArgumentException("name \"" + definition.name() + "\" is that of a "
                    + settings.kind().word() + " already; choose another name, or close the guard that has it");
        }
        return definition;
    }

    /** Returns whether a layer of this kind belongs to one guard. */
    private static boolean isOwn(TunableKind kind) {
        return kind == TunableKind.FALLBACK || kind == TunableKind.BULKHEAD;
    }

    private boolean has(TunableKind kind, String name) {
        return layers.stream()
                .anyMatch(layer -> layer.configuredSettings().kind() == kind
                        && layer.name().equals(name));
    }

    /** Returns the breaker with this definition in code; creates it if no breaker has its name. */
    Breaker breakerInCode(List<String> names, BreakerSettings settings, FailureRule rule, Object user) {
        return exclusively(() -> breaker(inCode(names, settings, rule), user));
    }

    // ---- removal

    /**
     * Releases the breaker, the retries and the time limit of this name that {@code user} has; removes those without
     * other users.
     */
    void release(String name, Object user) {
        exclusively(() -> {
            release(breakers, name, user);
            release(retries, name, user);
            release(timeLimits, name, user);
            return name;
        });
    }

    /** Releases the breaker of this name; returns whether it was removed. */
    boolean releaseBreaker(String name, Object user) {
        return exclusively(() -> release(breakers, name, user));
    }

    private <T extends Tunable<?>> boolean release(Map<String, NamedEntry<T>> entries, String name, Object user) {
        NamedEntry<T> entry = entries.get(name);
        boolean unused =
                entry != null && entry.users().remove(user) && entry.users().isEmpty();
        if (unused) {
            entries.remove(name);
            removed(entry.value());
        }
        return unused;
    }

    /** Removes a layer that is not shared by name. */
    void remove(Layer<?> layer) {
        exclusively(() -> {
            removed(layer);
            return layer;
        });
    }

    private void removed(Tunable<?> tunable) {
        layers.remove(tunable);
        unnamed.remove(tunable);
        saved.removed(tunable);
        mbeans.remove(tunable);
        events.removed(tunable);
    }
}
