package io.switchgear.breaker;

import io.switchgear.BreakerControl;
import io.switchgear.message.Text;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The controls of a circuit in the hands of somebody. Each of them is one compare-and-set, tried until it holds. */
class CircuitControl implements BreakerControl {
    private static final Duration LONGEST_MODE = Duration.ofDays(365);

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
            Phase now = circuit.period();
            BreakerSettings before = now.terms().settings();
            BreakerSettings after = Objects.requireNonNull(change.apply(before), "change answered null for settings");
            if (after.equals(before)
                    || tune(now, after, now.terms().changes().and(before, after, circuit.configuredSettings(), who))) {
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
            Phase now = circuit.period();
            SettingsHistory<BreakerSettings> changes = now.terms().changes();
            if (changes.before() == null) {
                throw new IllegalStateException(SettingsHistory.NOTHING_TO_UNDO);
            }
            if (tune(now, changes.before(), changes.previous())) {
                return changes.before();
            }
        }
    }

    private boolean tune(Phase now, BreakerSettings settings, SettingsHistory<BreakerSettings> changes) {
        Instant at = circuit.clock().instant();
        String what = now.terms().settings().changesTo(settings);
        PhaseContext terms = now.terms().tuned(settings, changes).noting(note(at, what));
        return circuit.move(now, now.tuned(terms, circuit), at, who, what);
    }

    // ---- mode and state

    @Override
    public void control(BreakerMode mode, Duration time, String reason) {
        if (time != null
                && (mode == BreakerMode.AUTOMATIC
                        || time.compareTo(Duration.ZERO) <= 0
                        || time.compareTo(LONGEST_MODE) > 0)) {
            throw new IllegalArgumentException(
                    mode == BreakerMode.AUTOMATIC
                            ? "the mode AUTOMATIC has no end but was given " + time
                            : "time must be > 0 and <= " + LONGEST_MODE + " but was " + time);
        }
        String shown = reason == null ? "" : Text.printable(reason);
        ModeOverride control = time == null
                ? new ModeOverride(mode, shown, null, 0)
                : new ModeOverride(mode, shown, circuit.clock().instant().plus(time), circuit.nanos() + time.toNanos());
        String what = "mode " + mode
                + (time == null ? "" : " until " + control.until().truncatedTo(ChronoUnit.SECONDS))
                + (control.reason().isEmpty() ? "" : ": " + control.reason());
        move(what, (now, terms) -> present(now).equals(control) ? now : under(now, terms.apply(control)));
    }

    private Phase under(Phase now, PhaseContext terms) {
        return switch (terms.control().mode()) {
            case FORCED_OPEN -> circuit.open(terms);
            case FORCED_CLOSED -> now instanceof Closed ? now.under(terms) : Closed.begin(terms, circuit);
            case AUTOMATIC, OBSERVING ->
                now instanceof Open open && open.forced() ? HalfOpen.begin(terms) : now.under(terms);
        };
    }

    @Override
    public boolean halfOpenNow() {
        return move(
                "half-open ahead of time",
                (now, terms) ->
                        now instanceof Open open && !open.forced() ? HalfOpen.begin(terms.apply(present(now))) : now);
    }

    @Override
    public void reset() {
        move("reset", (now, terms) -> {
            ModeOverride present = present(now);
            return Closed.begin(terms.apply(present.forced() ? ModeOverride.AUTOMATIC : present), circuit);
        });
    }

    private ModeOverride present(Phase now) {
        return now.terms().control().at(circuit.nanos());
    }

    /**
     * Moves on from whatever period is present.
     *
     * @param next answers the next period, with the terms that it is given for a control, or the same one
     * @return whether it was another
     */
    private boolean move(String what, BiFunction<Phase, Function<ModeOverride, PhaseContext>, Phase> next) {
        while (true) {
            Phase from = circuit.period();
            Instant at = circuit.clock().instant();
            Phase to =
                    next.apply(from, control -> from.terms().next(control, at).noting(note(at, what)));
            if (to == from || circuit.move(from, to, at, who, what)) {
                return to != from;
            }
        }
    }

    private String note(Instant at, String what) {
        return at.truncatedTo(ChronoUnit.SECONDS) + " " + what + ", by " + who;
    }
}
