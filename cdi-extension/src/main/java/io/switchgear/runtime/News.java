package io.switchgear.runtime;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitTransition;
import io.switchgear.Layer;
import io.switchgear.SettingsChange;
import io.switchgear.Tunable;
import io.switchgear.config.AttentionLimits;
import io.switchgear.message.InTurn;
import io.switchgear.message.Listeners;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What happens in an application, and who wants to know. */
final class News {
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final Listeners<Runnable> appearances = new Listeners<>(told -> "what comes and goes");
    private final InTurn<Runnable> untold = new InTurn<>(appearances);
    private final Listeners<CircuitTransition> transitions = new Listeners<>(CircuitTransition::name);
    private final Listeners<SettingsChange> changes = new Listeners<>(SettingsChange::name);
    private final Attention attention;
    // one for all breakers
    private final Consumer<CircuitTransition> toTransitions = transitions::tell;
    private final Consumer<SettingsChange> toChanges = changes::tell;

    /** @param isThere tells whether there is a breaker of a name */
    News(AttentionLimits limits, Predicate<String> isThere) {
        attention = new Attention(limits, isThere);
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

    Attention attention() {
        return attention;
    }

    /** To be {@linkplain #tell told}: that of {@code present} first, and then of what comes and goes. */
    void follow(Follower follower, List<Tunable<?>> present) {
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
        followers.forEach(Follower::close);
    }
}
