package io.switchgear.runtime;

import io.switchgear.CircuitBreaker;
import io.switchgear.Layer;
import io.switchgear.config.AttentionLimits;
import io.switchgear.event.Listeners;
import io.switchgear.event.SerialDelivery;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableListener;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What happens in an application, and who wants to know. */
final class ApplicationEvents {
    private final List<TunableListener> followers = new CopyOnWriteArrayList<>();
    private final Listeners<Runnable> appearances = new Listeners<>(told -> "what comes and goes");
    private final SerialDelivery<Runnable> untold = new SerialDelivery<>(appearances);
    private final Listeners<CircuitTransition> transitions = new Listeners<>(CircuitTransition::name);
    private final Listeners<SettingsChange> changes = new Listeners<>(SettingsChange::name);
    private final AttentionMonitor attention;
    // one for all breakers
    private final Consumer<CircuitTransition> toTransitions = transitions::tell;
    private final Consumer<SettingsChange> toChanges = changes::tell;

    /** @param isThere tells whether there is a breaker of a name */
    ApplicationEvents(AttentionLimits limits, Predicate<String> isThere) {
        attention = new AttentionMonitor(limits, isThere);
        transitions.add(attention::heard);
        appearances.add(Runnable::run);
    }

    /** From now on, also those of this breaker. */
    void of(CircuitBreaker breaker) {
        breaker.listen(toTransitions);
    }

    /** Likewise, of this layer. */
    void of(Layer<?> layer) {
        layer.listen(toChanges);
    }

    /** Those of all breakers. */
    Listeners<CircuitTransition> transitions() {
        return transitions;
    }

    /** Those of the settings of all layers. */
    Listeners<SettingsChange> changes() {
        return changes;
    }

    AttentionMonitor attention() {
        return attention;
    }

    /** To be {@linkplain #tell told}: that of {@code present} first, and then of what comes and goes. */
    void follow(TunableListener follower, List<Tunable<?>> present) {
        followers.add(follower);
        present.forEach(tunable -> untold.add(() -> follower.added(tunable)));
    }

    /** To be told. */
    void added(Tunable<?> tunable) {
        followers.forEach(follower -> untold.add(() -> follower.added(tunable)));
    }

    /** To be told. */
    void removed(Tunable<?> tunable) {
        followers.forEach(follower -> untold.add(() -> follower.removed(tunable)));
        if (tunable instanceof CircuitBreaker) {
            attention.forget(tunable.name());
        }
    }

    /** Tells followers what is to be told; to be called without a lock. */
    void tell() {
        untold.tell();
    }

    void close() {
        followers.forEach(TunableListener::close);
    }
}
