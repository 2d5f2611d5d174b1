package io.switchgear.guard;

import io.switchgear.Layer;
import io.switchgear.Setting;
import io.switchgear.SettingsChange;
import io.switchgear.TunableSettings;
import io.switchgear.Tuning;
import io.switchgear.breaker.Changes;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A layer's settings, which are read by calls without a lock. Those who change them take turns, and tell of it before
 * the next one's turn.
 */
public abstract class TunedLayer<S extends TunableSettings<S>> implements Layer<S> {
    /** How the settings are and how they came to be so. */
    private record Position<S extends TunableSettings<S>>(S settings, Changes<S> changes, String lastChange) {}

    private final String name;
    private final S configured;
    private final InstantSource clock;
    private final List<Consumer<? super SettingsChange>> listeners = new CopyOnWriteArrayList<>();
    private volatile Position<S> position;

    /** @param clock tells when a change was made */
    protected TunedLayer(String name, S configured, InstantSource clock) {
        this.name = name;
        this.configured = configured;
        this.clock = clock;
        this.position = new Position<>(configured, Changes.none(), null);
        listen(change -> Message.CHANGED.log(name, Changes.text(change.from(), change.to()), change.by()));
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final S configuredSettings() {
        return configured;
    }

    /** The settings in force. */
    protected final S settings() {
        return position.settings();
    }

    /** Who changed each setting that is not as configured. */
    protected final Map<Setting, String> changedBy() {
        return position.changes().by();
    }

    /** The last change, in a line; {@code null} before the first. */
    protected final String lastChange() {
        return position.lastChange();
    }

    /** The settings have changed. */
    void tuned() {
        // most layers look at them with each call
    }

    @Override
    public final void listen(Consumer<? super SettingsChange> listener) {
        listeners.add(listener);
    }

    @Override
    public final Tuning<S> by(String who) {
        return new Hand(Text.author(who));
    }

    private final class Hand implements Tuning<S> {
        private final String who;

        Hand(String who) {
            this.who = who;
        }

        @Override
        public S update(UnaryOperator<S> change) {
            synchronized (listeners) {
                S before = position.settings();
                S after = change.apply(before);
                return after.equals(before)
                        ? after
                        : move(after, position.changes().and(before, after, configured, who));
            }
        }

        @Override
        public S undoLastChange() {
            synchronized (listeners) {
                Changes<S> changes = position.changes();
                if (changes.before() == null) {
                    throw new IllegalStateException(Changes.NOTHING_TO_UNDO);
                }
                return move(changes.before(), changes.previous());
            }
        }

        @Override
        public S revertSettings() {
            return update(present -> configured);
        }

        private S move(S after, Changes<S> changes) {
            var at = clock.instant();
            S before = position.settings();
            position = new Position<>(
                    after,
                    changes,
                    at.truncatedTo(ChronoUnit.SECONDS) + " " + Changes.text(before, after) + ", by " + who);
            tuned();
            SettingsChange told = new SettingsChange(name, before, after, at, who);
            listeners.forEach(listener -> tell(listener, told));
            return after;
        }
    }

    private static void tell(Consumer<? super SettingsChange> listener, SettingsChange told) {
        try {
            listener.accept(told);
        } catch (RuntimeException | Error failure) {
            Message.LISTENER_FAILED.log(failure, told.name(), told);
        }
    }
}
