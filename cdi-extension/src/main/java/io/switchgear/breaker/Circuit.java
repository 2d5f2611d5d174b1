package io.switchgear.breaker;

import io.switchgear.CircuitOpenException;
import io.switchgear.CircuitTransition;
import io.switchgear.FailureRule;
import io.switchgear.Mode;
import io.switchgear.Settings;
import io.switchgear.Snapshot;
import io.switchgear.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The state machine: admits calls, hears of their outcomes, moves from period to period. */
final class Circuit {
    final Totals totals = new Totals();
    final FailureRule failureRule;
    private final String name;
    private final Ticker ticker;
    private final InstantSource clock;
    private final Announcer announcer;
    private final Bystander bystander = new Bystander(this);
    private final AtomicReference<Period> period;
    private volatile Failure lastFailure;

    private record Failure(String type, long atMillis) {}

    Circuit(
            String name,
            Settings settings,
            FailureRule failureRule,
            Ticker ticker,
            InstantSource clock,
            Consumer<? super CircuitTransition> listener) {
        this.name = name;
        this.failureRule = failureRule;
        this.ticker = ticker;
        this.clock = clock;
        this.announcer = new Announcer(listener);
        this.period = new AtomicReference<>(closed(Terms.initial(settings, clock.instant())));
    }

    String name() {
        return name;
    }

    // ---- admission

    /**
     * The right to run one call.
     *
     * @throws CircuitOpenException if the call is rejected
     */
    Permit acquire() {
        Permit permit = period.get() instanceof Closed closed ? closed.pass() : acquireUnlessOpen();
        totals.admitted.increment();
        return permit;
    }

    private Permit acquireUnlessOpen() {
        while (true) {
            Period now = period.get();
            if (now instanceof Closed closed) {
                return closed.pass();
            }
            long nanos = ticker.nanos();
            if (now instanceof HalfOpen halfOpen) {
                Trial trial = halfOpen.trials().admit(this, halfOpen.terms().settings(), nanos);
                return trial != null ? trial : rejected(halfOpen, 0);
            }
            Open open = (Open) now;
            if (!open.due(nanos)) {
                return rejected(open, open.remainingMillis(nanos));
            }
            move(open, halfOpen(open.terms().next(clock.instant())), "its time in OPEN is over");
        }
    }

    private Permit rejected(Period by, long remainingMillis) {
        if (by.terms().mode() == Mode.OBSERVING) {
            return bystander;
        }
        totals.rejected.increment();
        Failure last = lastFailure;
        throw new CircuitOpenException(name, by.state(), remainingMillis, last == null ? null : last.type());
    }

    // ---- what permits report

    Period period() {
        return period.get();
    }

    void noteFailure(Throwable thrown) {
        lastFailure = new Failure(thrown.getClass().getName(), clock.millis());
    }

    /**
     * Opens, unless a later change of the settings or the mode says otherwise.
     *
     * @param judged the period whose judge says so
     */
    void trip(Closed judged) {
        Closed closed = judged;
        while (closed.terms().mode() != Mode.FORCED_CLOSED) {
            String why = closed.judge().reason(closed.terms().settings()) + last();
            if (move(closed, open(closed.terms().tripped(why, clock.instant())), why)
                    || !(period.get() instanceof Closed changed)
                    || changed.pass() != judged.pass()
                    || !changed.judge().mustOpen(changed.terms().settings())) {
                return;
            }
            closed = changed;
        }
    }

    void reopenAfter(Trials trials) {
        while (period.get() instanceof HalfOpen halfOpen && halfOpen.trials() == trials) {
            String why = "a trial failed" + last();
            if (move(halfOpen, open(halfOpen.terms().tripped(why, clock.instant())), why)) {
                return;
            }
        }
    }

    void closeAfter(Trials trials, int successes) {
        while (period.get() instanceof HalfOpen halfOpen
                && halfOpen.trials() == trials
                && successes >= halfOpen.terms().settings().successThreshold()) {
            String why = successes + " trials succeeded";
            if (move(halfOpen, closed(halfOpen.terms().next(clock.instant())), why)) {
                return;
            }
        }
    }

    private String last() {
        Failure last = lastFailure;
        return last == null ? "" : ", the last a " + last.type();
    }

    // ---- transitions

    private Closed closed(Terms terms) {
        return new Closed(terms, new Pass(this), Judge.of(terms.settings()));
    }

    private Open open(Terms terms) {
        return new Open(terms, ticker.nanos());
    }

    private HalfOpen halfOpen(Terms terms) {
        return new HalfOpen(terms, new Trials());
    }

    /** The one place where the period changes by a transition. */
    private boolean move(Period from, Period to, String why) {
        if (!period.compareAndSet(from, to)) {
            return false;
        }
        Terms terms = to.terms();
        announcer.announce(new CircuitTransition(
                terms.number(), name, from.state(), to.state(), terms.mode(), terms.since(), why));
        return true;
    }

    /** Moves on from whatever period is present; not at all if {@code next} answers the same one. */
    private void move(String why, BiFunction<Period, Instant, Period> next) {
        while (true) {
            Period from = period.get();
            Period to = next.apply(from, clock.instant());
            if (to == from || move(from, to, why)) {
                return;
            }
        }
    }

    // ---- what the operator asks for

    Settings update(UnaryOperator<Settings> change) {
        while (true) {
            Period now = period.get();
            Settings changed = change.apply(now.terms().settings());
            if (changed.equals(now.terms().settings()) || period.compareAndSet(now, now.with(changed))) {
                return changed;
            }
        }
    }

    void forceOpen(String reason) {
        control(new Control(Mode.FORCED_OPEN, reason), (now, terms) -> open(terms));
    }

    void forceClosed(String reason) {
        control(
                new Control(Mode.FORCED_CLOSED, reason),
                (now, terms) -> now instanceof Closed ? now.under(terms) : closed(terms));
    }

    void observe(String reason) {
        control(new Control(Mode.OBSERVING, reason), this::unforced);
    }

    void automatic() {
        control(Control.AUTOMATIC, this::unforced);
    }

    private Period unforced(Period now, Terms terms) {
        return now instanceof Open open && open.forced() ? halfOpen(terms) : now.under(terms);
    }

    private void control(Control control, BiFunction<Period, Terms, Period> next) {
        String why = control.reason().isEmpty() ? "by an operator" : control.reason();
        move(
                why,
                (now, at) -> now.terms().control().equals(control)
                        ? now
                        : next.apply(now, now.terms().next(control, at)));
    }

    void reset() {
        move("reset", (now, at) -> {
            Control present = now.terms().control();
            return closed(now.terms().next(present.forced() ? Control.AUTOMATIC : present, at));
        });
    }

    // ---- seen from outside

    Snapshot snapshot() {
        Period now = period.get();
        Terms terms = now.terms();
        State state = now.state();
        long remainingMillis = 0;
        if (now instanceof Open open) {
            long nanos = ticker.nanos();
            if (open.due(nanos)) {
                state = State.HALF_OPEN;
            } else {
                remainingMillis = open.remainingMillis(nanos);
            }
        }
        Judge.Evidence evidence = now instanceof Closed closed ? closed.judge().evidence() : Judge.Evidence.NONE;
        Failure failure = lastFailure;
        // the calls that are over are read before those admitted, so that none in flight is ever counted negative
        long successes = totals.successes.sum();
        long failures = totals.failures.sum();
        long ignored = totals.ignored.sum();
        return new Snapshot(
                name,
                state,
                terms.since(),
                remainingMillis,
                terms.mode(),
                terms.control().reason(),
                terms.settings(),
                evidence.consecutiveFailures(),
                evidence.outcomes(),
                evidence.failures(),
                totals.admitted.sum() - successes - failures - ignored,
                now instanceof HalfOpen halfOpen ? halfOpen.trials().inFlight() : 0,
                successes,
                failures,
                ignored,
                totals.rejected.sum(),
                terms.opened(),
                totals.late.sum(),
                failure == null ? null : failure.type(),
                failure == null ? null : Instant.ofEpochMilli(failure.atMillis()),
                terms.lastTrip());
    }
}
