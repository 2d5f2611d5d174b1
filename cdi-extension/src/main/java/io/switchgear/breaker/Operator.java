package io.switchgear.breaker;

import io.switchgear.Controls;
import io.switchgear.Mode;
import io.switchgear.Settings;
import io.switchgear.message.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The controls of a circuit in the hands of somebody. Each of them is one compare-and-set, tried until it holds. */
class Operator implements Controls {
    private static final Duration LONGEST_MODE = Duration.ofDays(365);

    final Circuit circuit;
    private final String who;

    Operator(Circuit circuit, String who) {
        this.circuit = circuit;
        this.who = Text.author(who);
    }

    // ---- settings

    @Override
    public Settings update(UnaryOperator<Settings> change) {
        while (true) {
            Period now = circuit.period();
            Settings before = now.terms().settings();
            Settings after = Objects.requireNonNull(change.apply(before), "change answered null for settings");
            if (after.equals(before)
                    || tune(now, after, now.terms().changes().and(before, after, circuit.configuredSettings(), who))) {
                return after;
            }
        }
    }

    @Override
    public Settings revertSettings() {
        return update(present -> circuit.configuredSettings());
    }

    @Override
    public Settings undoLastChange() {
        while (true) {
            Period now = circuit.period();
            Changes<Settings> changes = now.terms().changes();
            if (changes.before() == null) {
                throw new IllegalStateException(Changes.NOTHING_TO_UNDO);
            }
            if (tune(now, changes.before(), changes.previous())) {
                return changes.before();
            }
        }
    }

    private boolean tune(Period now, Settings settings, Changes<Settings> changes) {
        Instant at = circuit.clock().instant();
        String what = now.terms().settings().changesTo(settings);
        Terms terms = now.terms().tuned(settings, changes).noting(note(at, what));
        return circuit.move(now, now.tuned(terms, circuit), at, who, what);
    }

    // ---- mode and state

    @Override
    public void control(Mode mode, Duration time, String reason) {
        if (time != null
                && (mode == Mode.AUTOMATIC || time.compareTo(Duration.ZERO) <= 0 || time.compareTo(LONGEST_MODE) > 0)) {
            throw new IllegalArgumentException(
                    mode == Mode.AUTOMATIC
                            ? "the mode AUTOMATIC has no end but was given " + time
                            : "time must be > 0 and <= " + LONGEST_MODE + " but was " + time);
        }
        String shown = reason == null ? "" : Text.printable(reason);
        Control control = time == null
                ? new Control(mode, shown, null, 0)
                : new Control(mode, shown, circuit.clock().instant().plus(time), circuit.nanos() + time.toNanos());
        String what = "mode " + mode
                + (time == null ? "" : " until " + control.until().truncatedTo(ChronoUnit.SECONDS))
                + (control.reason().isEmpty() ? "" : ": " + control.reason());
        move(what, (now, terms) -> present(now).equals(control) ? now : under(now, terms.apply(control)));
    }

    private Period under(Period now, Terms terms) {
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
            Control present = present(now);
            return Closed.begin(terms.apply(present.forced() ? Control.AUTOMATIC : present), circuit);
        });
    }

    private Control present(Period now) {
        return now.terms().control().at(circuit.nanos());
    }

    /**
     * Moves on from whatever period is present.
     *
     * @param next answers the next period, with the terms that it is given for a control, or the same one
     * @return whether it was another
     */
    private boolean move(String what, BiFunction<Period, Function<Control, Terms>, Period> next) {
        while (true) {
            Period from = circuit.period();
            Instant at = circuit.clock().instant();
            Period to =
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
