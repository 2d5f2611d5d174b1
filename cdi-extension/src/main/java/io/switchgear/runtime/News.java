package io.switchgear.runtime;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitTransition;
import io.switchgear.Layer;
import io.switchgear.SettingsChange;
import io.switchgear.Tunable;
import io.switchgear.config.AttentionLimits;
import io.switchgear.message.Listeners;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What happens in an application, and who wants to know. Followers are told under the lock of its registry. */
final class News {
    private final List<Follower> followers = new ArrayList<>();
    private final Listeners<CircuitTransition> transitions = new Listeners<>(CircuitTransition::name);
    private final Listeners<SettingsChange> changes = new Listeners<>(SettingsChange::name);
    private final Attention attention;
    // one for all breakers
    private final Consumer<CircuitTransition> toTransitions = transitions::tell;
    private final Consumer<SettingsChange> toChanges = changes::tell;

    News(AttentionLimits limits) {
        attention = new Attention(limits);
        transitions.add(attention::heard);
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

    Attention attention() {
        return attention;
    }

    void follow(Follower follower, List<Tunable<?>> present) {
        present.forEach(follower::added);
        followers.add(follower);
    }

    void added(Tunable<?> tunable) {
        followers.forEach(follower -> follower.added(tunable));
    }

    void removed(Tunable<?> tunable) {
        followers.forEach(follower -> follower.removed(tunable));
        if (tunable instanceof CircuitBreaker) {
            attention.forget(tunable.name());
        }
    }
}
