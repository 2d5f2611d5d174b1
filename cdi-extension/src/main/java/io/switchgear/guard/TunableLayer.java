package io.switchgear.guard;

import io.switchgear.Layer;
import io.switchgear.breaker.SettingsHistory;
import io.switchgear.event.Listeners;
import io.switchgear.event.SerialDelivery;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsControl;
import io.switchgear.settings.TunableSettings;
import io.switchgear.status.SettingsChange;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A layer's settings, which are read by calls without a lock. Those who change them take turns; one of them tells, in
 * order and outside the lock, of all that has changed.
 */
public abstract class TunableLayer<S extends TunableSettings<S>> implements Layer<S> {
    /** How the settings are and how they came to be so. */
    private record Position<S extends TunableSettings<S>>(S settings, SettingsHistory<S> changes, String lastChange) {}

    private final String name;
    private final S configured;
    private final InstantSource clock;
    private final Listeners<SettingsChange> listeners = new Listeners<>(SettingsChange::name);
    private final SerialDelivery<SettingsChange> news = new SerialDelivery<>(listeners);
    private volatile Position<S> position;

    /** @param clock tells when a change was made */
    protected TunableLayer(String name, S configured, InstantSource clock) {
        this.name = name;
        this.configured = configured;
        this.clock = clock;
        this.position = new Position<>(configured, SettingsHistory.none(), null);
        listen(change ->
                Message.CHANGED.log(configured.kind().label(name), change.from().changesTo(change.to()), change.by()));
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
    public final SettingsControl<S> by(String who) {
        return new Hand(Text.author(who));
    }

    private final class Hand implements SettingsControl<S> {
        private final String who;

        Hand(String who) {
            this.who = who;
        }

        @Override
        public S update(UnaryOperator<S> change) {
            S after;
            synchronized (news) {
                S before = position.settings();
                after = change.apply(before);
                if (!after.equals(before)) {
                    move(after, position.changes().and(before, after, configured, who));
                }
            }
            news.tell();
            return after;
        }

        @Override
        public S undoLastChange() {
            SettingsHistory<S> changes;
            synchronized (news) {
                changes = position.changes();
                if (changes.before() == null) {
                    throw new IllegalStateException(SettingsHistory.NOTHING_TO_UNDO);
                }
                move(changes.before(), changes.previous());
            }
            news.tell();
            return changes.before();
        }

        @Override
        public S revertSettings() {
            return update(present -> configured);
        }

        private void move(S after, SettingsHistory<S> changes) {
            var at = clock.instant();
            S before = position.settings();
            position = new Position<>(
                    after, changes, at.truncatedTo(ChronoUnit.SECONDS) + " " + before.changesTo(after) + ", by " + who);
            tuned();
            news.add(new SettingsChange(name, before, after, at, who));
        }
    }
}
