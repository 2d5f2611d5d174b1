// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.Layer;
import io.switchgear.breaker.Reconfigurable;
import io.switchgear.breaker.SettingsHistory;
import io.switchgear.event.EventQueue;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsControl;
import io.switchgear.settings.TunableSettings;
import io.switchgear.settings.TunableSnapshot;
import io.switchgear.status.SettingsChange;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A layer with settings. Calls read them without a lock; changes are serialized, and delivered to listeners in order
 * and outside the lock.
 */
public abstract class TunableLayer<S extends TunableSettings<S>> implements Layer<S>, Reconfigurable<S> {
    /** The settings in force, with their history. */
    private record Position<S extends TunableSettings<S>>(S settings, SettingsHistory<S> history, String lastChange) {}

    private final String name;
    private final InstantSource clock;
    private final EventQueue<SettingsChange> events = new EventQueue<>(SettingsChange::name);
    private volatile Position<S> position;

    /** @param clock gives the time of a change */
    protected TunableLayer(String name, S configured, InstantSource clock) {
        this.name = name;
        this.clock = clock;
        this.position = new Position<>(configured, SettingsHistory.none(configured), null);
        listen(change ->
                Message.CHANGED.log(configured.kind().label(name), change.from().changesTo(change.to()), change.by()));
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final S configuredSettings() {
        return position.history().configured();
    }

    @Override
    public final S settings() {
        return position.settings();
    }

    /**
     * Called after each change of the settings: outside their lock, as it may use executors, and before the listeners,
     * which may block. Called by several threads at once, so it must act on the settings in force; also if none
     * differs.
     */
    void settingsChanged() {
        // optional: most layers read the settings on each call
    }

    /** Applies and announces a change. */
    private void deliver() {
        try {
            settingsChanged();
        } finally {
            events.deliver();
        }
    }

    @Override
    public final Runnable listen(Consumer<? super SettingsChange> listener) {
        return events.add(listener);
    }

    @Override
    public final void configure(S configured, String who) {
        new Control(Text.author(who)).configure(configured);
    }

    @Override
    public final SettingsControl<S> by(String who) {
        return new Control(Text.author(who));
    }

    /** A snapshot of name and settings; layers add their totals. */
    protected abstract class LayerSnapshot implements TunableSnapshot<S> {
        private final Position<S> taken = position;

        @Override
        public final String name() {
            return name;
        }

        @Override
        public final S settings() {
            return taken.settings();
        }

        @Override
        public final Map<Setting, String> changedBy() {
            return taken.history().changedBy();
        }

        @Override
        public final String lastChange() {
            return taken.lastChange();
        }
    }

    private final class Control implements SettingsControl<S> {
        private final String who;

        Control(String who) {
            this.who = who;
        }

        @Override
        public S update(UnaryOperator<S> change) {
            S after;
            synchronized (events) {
                S before = position.settings();
                after = change.apply(before);
                if (!after.equals(before)) {
                    move(after, position.history().and(before, after, who));
                }
            }
            deliver();
            return after;
        }

        @Override
        public S undoLastChange() {
            S restored;
            synchronized (events) {
                SettingsHistory<S> history = position.history();
                if (history.before() == null) {
                    throw new IllegalStateException(SettingsHistory.NOTHING_TO_UNDO);
                }
                S present = position.settings();
                restored = history.undone(present);
                move(restored, history.undo(present, restored, who));
            }
            deliver();
            return restored;
        }

        @Override
        public S revertSettings() {
            return update(present -> configuredSettings());
        }

        void configure(S configured) {
            synchronized (events) {
                S present = position.settings();
                S after = position.history().onto(configured, present);
                SettingsHistory<S> history = position.history().configured(configured, present, after);
                if (after.equals(present)) {
                    position = new Position<>(present, history, position.lastChange());
                } else {
                    move(after, history);
                }
            }
            deliver();
        }

        private void move(S after, SettingsHistory<S> history) {
            var at = clock.instant();
            S before = position.settings();
            String change = at.truncatedTo(ChronoUnit.SECONDS) + " " + before.changesTo(after) + ", by " + who;
            position = new Position<>(after, history, change);
            events.enqueue(new SettingsChange(name, before, after, at, who));
        }
    }
}
