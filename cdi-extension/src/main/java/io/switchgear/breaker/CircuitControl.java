// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.BreakerControl;
import io.switchgear.message.Text;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RehearsalSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Controls a circuit on behalf of an operator. Each change is one compare-and-set, repeated until it succeeds. */
class CircuitControl implements BreakerControl {
    private static final Duration MAX_TIME = Duration.ofDays(365);

    final Circuit circuit;
    private final String who;

    CircuitControl(Circuit circuit, String who) {
        this.circuit = circuit;
        this.who = Text.author(who);
    }

    // ---- settings

    @Override
    public BreakerSettings update(UnaryOperator<BreakerSettings> change) {
        while (true) {
            Phase now = circuit.phase();
            PhaseContext context = now.context();
            BreakerSettings before = context.settings();
            BreakerSettings after =
                    Objects.requireNonNull(change.apply(before), "change returned null instead of settings");
            if (after.equals(before)
                    || changeSettings(now, after, context.history().and(before, after, who))) {
                return after;
            }
        }
    }

    @Override
    public BreakerSettings revertSettings() {
        return update(present -> circuit.configuredSettings());
    }

    @Override
    public BreakerSettings undoLastChange() {
        while (true) {
            Phase now = circuit.phase();
            BreakerSettings present = now.context().settings();
            SettingsHistory<BreakerSettings> history = now.context().history();
            if (history.before() == null) {
                throw new IllegalStateException(SettingsHistory.NOTHING_TO_UNDO);
            }
            BreakerSettings restored = history.undone(present);
            if (changeSettings(now, restored, history.undo(present, restored, who))) {
                return restored;
            }
        }
    }

    /** Changes the configured settings; see {@link Reconfigurable#configure}. */
    void configure(BreakerSettings configured) {
        while (true) {
            Phase now = circuit.phase();
            BreakerSettings present = now.context().settings();
            SettingsHistory<BreakerSettings> history = now.context().history();
            BreakerSettings after = history.onto(configured, present);
            SettingsHistory<BreakerSettings> next = history.configured(configured, present, after);
            if (after.equals(present)
                    ? circuit.replace(now, now.context().withHistory(next))
                    : changeSettings(now, after, next)) {
                return;
            }
        }
    }

    private boolean changeSettings(Phase now, BreakerSettings settings, SettingsHistory<BreakerSettings> history) {
        Instant at = clockTime();
        String what = now.context().settings().changesTo(settings);
        PhaseContext context = now.context().withSettings(settings, history, at).withLastChange(lastChange(at, what));
        boolean changed = circuit.move(now, now.withSettings(context, circuit.permits()), at, who, what);
        Rehearsal rehearsal = circuit.phase().context().rehearsal();
        if (changed && rehearsal != null) {
            rehearsal.follow();
        }
        return changed;
    }

    // ---- rehearsal

    @Override
    public BreakerSettings rehearse(UnaryOperator<BreakerSettings> change) {
        Objects.requireNonNull(change, "change");
        while (true) {
            Phase now = circuit.phase();
            BreakerSettings present = now.context().settings();
            BreakerSettings rehearsed =
                    Objects.requireNonNull(change.apply(present), "change returned null instead of settings");
            if (now.isOff()) {
                throw new IllegalStateException("rehearse needs a breaker that is on, as one that is off judges no"
                        + " calls; set Enabled to true first");
            }
            if (circuit.replace(now, now.context().with(new RehearsedCircuit(circuit, change, rehearsed, who)))) {
                return rehearsed;
            }
        }
    }

    @Override
    public RehearsalSnapshot endRehearsal() {
        while (true) {
            Phase now = circuit.phase();
            RehearsalSnapshot last = running(now).snapshot(new CircuitSnapshot(circuit));
            if (circuit.replace(now, now.context().with((Rehearsal) null))) {
                return last;
            }
        }
    }

    @Override
    public BreakerSettings applyRehearsal() {
        Rehearsal rehearsal = running(circuit.phase());
        BreakerSettings after = update(rehearsal::onto);
        while (circuit.phase().context().rehearsal() == rehearsal) {
            endRehearsal();
        }
        return after;
    }

    private static Rehearsal running(Phase now) {
        Rehearsal rehearsal = now.context().rehearsal();
        if (rehearsal == null) {
            throw new IllegalStateException("no rehearsal is running; rehearse begins one");
        }
        return rehearsal;
    }

    // ---- mode and state

    @Override
    public void setMode(BreakerMode mode, Duration time, String reason) {
        if (time != null
                && (mode == BreakerMode.AUTOMATIC
                        || time.compareTo(Duration.ZERO) <= 0
                        || time.compareTo(MAX_TIME) > 0)) {
            throw new IllegalArgumentException(
                    mode == BreakerMode.AUTOMATIC
                            ? "the mode AUTOMATIC has no end but was given " + time
                            : "time must be > 0 and <= " + MAX_TIME + " but was " + time);
        }
        String shown = reason == null ? "" : Text.printable(reason);
        ModeOverride override = time == null
                ? new ModeOverride(mode, shown, null, 0)
                : new ModeOverride(
                        mode, shown, clockTime().plus(time), circuit.permits().nanos() + time.toNanos());
        String what = "mode " + mode
                + (time == null ? "" : " until " + override.until().truncatedTo(ChronoUnit.SECONDS))
                + (shown.isEmpty() ? "" : ": " + shown);
        move(what, (now, context) -> present(now).equals(override) ? now : withContext(now, context.apply(override)));
    }

    private Phase withContext(Phase now, PhaseContext context) {
        return switch (context.override().mode()) {
            case FORCED_OPEN -> circuit.open(context);
            case FORCED_CLOSED ->
                now instanceof Closed ? now.withContext(context) : Closed.begin(context, circuit.permits());
            case AUTOMATIC, OBSERVING ->
                now.context().isForcedOpen()
                        ? HalfOpen.begin(context, circuit.permits().nanos())
                        : now.withContext(context);
        };
    }

    @Override
    public boolean halfOpenNow() {
        return move(
                "half-open ahead of time",
                (now, context) -> now.state() == CircuitState.OPEN
                                && !now.context().isForcedOpen()
                        ? HalfOpen.begin(
                                context.apply(present(now)), circuit.permits().nanos())
                        : now);
    }

    @Override
    public void reset() {
        move("reset", (now, context) -> {
            ModeOverride present = present(now);
            // calls that never end take no places from now on
            circuit.permits().renewPlaces();
            return Closed.begin(
                    context.apply(present.isForced() ? ModeOverride.AUTOMATIC : present), circuit.permits());
        });
        Rehearsal rehearsal = circuit.phase().context().rehearsal();
        if (rehearsal != null) {
            rehearsal.reset();
        }
    }

    private ModeOverride present(Phase now) {
        return now.context().override().at(circuit.permits().nanos());
    }

    /**
     * Moves from the current phase, whichever it is.
     *
     * @param next returns the next phase, or the same phase to change nothing; takes the current phase and a factory
     *     that creates the next context for an override
     * @return whether the phase changed
     */
    private boolean move(String what, BiFunction<Phase, Function<ModeOverride, PhaseContext>, Phase> next) {
        while (true) {
            Phase from = circuit.phase();
            Instant at = clockTime();
            Phase to = next.apply(
                    from, override -> from.context().next(override, at).withLastChange(lastChange(at, what)));
            if (to == from || circuit.move(from, to, at, who, what)) {
                return to != from;
            }
        }
    }

    private Instant clockTime() {
        return circuit.permits().clock().instant();
    }

    private String lastChange(Instant at, String what) {
        return at.truncatedTo(ChronoUnit.SECONDS) + " " + what + ", by " + who;
    }
}
