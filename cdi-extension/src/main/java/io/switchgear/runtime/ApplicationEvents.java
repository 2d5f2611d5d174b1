// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.CircuitBreaker;
import io.switchgear.Layer;
import io.switchgear.breaker.Breaker;
import io.switchgear.config.AttentionLimits;
import io.switchgear.event.EventQueue;
import io.switchgear.event.Listeners;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableListener;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The events of an application, and their listeners. */
public final class ApplicationEvents {
    private final List<TunableListener> listeners = new CopyOnWriteArrayList<>();
    private final EventQueue<Runnable> registryEvents = new EventQueue<>(event -> "breakers and layers");
    private final Listeners<CircuitTransition> effects = new Listeners<>(CircuitTransition::name);
    private final Listeners<CircuitTransition> transitions = new Listeners<>(CircuitTransition::name);
    private final Listeners<SettingsChange> changes = new Listeners<>(SettingsChange::name);
    private final AttentionMonitor attention;
    // shared by all breakers and layers
    private final Consumer<CircuitTransition> toEffects = effects::dispatch;
    private final Consumer<CircuitTransition> toTransitions = transitions::dispatch;
    private final Consumer<SettingsChange> toChanges = changes::dispatch;

    /** @param exists returns whether a breaker has a name */
    ApplicationEvents(AttentionLimits limits, Predicate<String> exists) {
        attention = new AttentionMonitor(limits, exists);
        effects.add(attention::transitioned);
        registryEvents.add(Runnable::run);
    }

    /** Forwards the transitions of a breaker from now on. */
    void forward(Breaker breaker) {
        breaker.listenFirst(toEffects);
        breaker.listen(toTransitions);
    }

    /** Forwards the changes of a layer's settings from now on. */
    void forward(Layer<?> layer) {
        layer.listen(toChanges);
    }

    /** Returns the listeners of this library of all breakers' transitions; they must not block. */
    Listeners<CircuitTransition> effects() {
        return effects;
    }

    /** Returns the application's listeners of all breakers' transitions. */
    Listeners<CircuitTransition> transitions() {
        return transitions;
    }

    /** Returns the listeners of all layers' settings. */
    Listeners<SettingsChange> changes() {
        return changes;
    }

    AttentionMonitor attention() {
        return attention;
    }

    /**
     * Registers a listener for {@link CircuitTransition}, {@link SettingsChange} and
     * {@link io.switchgear.status.BreakerAttention} alike. It receives the events of each breaker and layer in order,
     * and must not block.
     */
    public void listen(Consumer<Object> listener) {
        effects.add(listener);
        changes.add(listener);
        attention.add(listener);
    }

    /**
     * Registers a listener of breakers and layers created and removed; it is notified of {@code present} ones first.
     */
    void listen(TunableListener listener, List<Tunable<?>> present) {
        listeners.add(listener);
        present.forEach(tunable -> registryEvents.enqueue(() -> listener.added(tunable)));
    }

    void added(Tunable<?> tunable) {
        listeners.forEach(listener -> registryEvents.enqueue(() -> listener.added(tunable)));
    }

    void removed(Tunable<?> tunable) {
        listeners.forEach(listener -> registryEvents.enqueue(() -> listener.removed(tunable)));
        if (tunable instanceof CircuitBreaker) {
            attention.forget(tunable.name());
        }
    }

    /** Notifies the listeners of breakers and layers created and removed. Must not be called under a lock. */
    void deliverAppearances() {
        registryEvents.deliver();
    }

    void close() {
        Listeners<TunableListener> guard = new Listeners<>(listener -> "breakers and layers");
        listeners.forEach(listener -> guard.dispatch(TunableListener::close, listener, "breakers and layers"));
    }
}
