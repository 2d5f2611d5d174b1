package io.switchgear.breaker;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.flight.FlightEvents;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.CallTimer;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitTransition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The state machine: admits calls, hears of their outcomes, moves from period to period. */
final class Circuit {
    private static final AtomicReferenceFieldUpdater<Circuit, Phase> PERIOD =
            AtomicReferenceFieldUpdater.newUpdater(Circuit.class, Phase.class, "period");
    private static final AtomicIntegerFieldUpdater<Circuit> PLACES_TAKEN =
            AtomicIntegerFieldUpdater.newUpdater(Circuit.class, "placesTaken");

    final BreakerTotals totals = new BreakerTotals();
    private final String name;
    private final FailureRule failureRule;
    private final Ticker ticker;
    private final InstantSource clock;
    private final BreakerSettings configuredSettings;
    private final TransitionDispatcher announcer = new TransitionDispatcher();
    private volatile Phase period;
    private volatile int placesTaken;
    private volatile LastFailure lastFailure;
    private volatile InFlightTracker watch;
    // hears how long calls took that are timed; null if nobody wants to know
    private volatile LongConsumer stopwatch;
    // made with the first rejection that a flight recording wants to know of
    private volatile Rejections rejections;

    Circuit(String name, BreakerSettings settings, FailureRule failureRule, Ticker ticker, InstantSource clock) {
        this.name = name;
        this.failureRule = failureRule;
        this.ticker = ticker;
        this.clock = clock;
        this.configuredSettings = settings;
        this.period = Closed.begin(PhaseContext.initial(settings, clock.instant()), this);
    }

    String name() {
        return name;
    }

    BreakerSettings configuredSettings() {
        return configuredSettings;
    }

    Runnable listen(Consumer<? super CircuitTransition> listener) {
        return announcer.listen(listener);
    }

    FailureRule failureRule() {
        return failureRule;
    }

    Ticker ticker() {
        return ticker;
    }

    long nanos() {
        return ticker.nanos();
    }

    InstantSource clock() {
        return clock;
    }

    Phase period() {
        return period;
    }

    /** What led to the present period; {@code null} if nothing has happened yet. */
    TransitionNode news() {
        return period.terms().news();
    }

    /** That of the calls admitted last; for display. {@code null} if none are watched. */
    InFlightTracker watch() {
        return watch;
    }

    LastFailure lastFailure() {
        return lastFailure;
    }

    // ---- admission

    /**
     * The right to run one call.
     *
     * @throws CircuitOpenException if the call is rejected
     */
    Permit acquire() {
        Permit permit = period instanceof Closed closed && closed.plain() ? closed.pass() : acquireWithALook();
        totals.admitted.increment();
        return permit;
    }

    private Permit acquireWithALook() {
        while (true) {
            Phase now = period;
            long nanos = ticker.nanos();
            if (now.terms().control().over(nanos) && !(now instanceof Open open && open.forced())) {
                move(
                        now,
                        now.under(next(now, nanos)),
                        "the mode " + now.terms().control().mode() + " has ended");
            } else if (now instanceof Open open) {
                if (!open.due(nanos)) {
                    return rejected(open, nanos);
                }
                String why = open.forced() ? "it is no longer forced open" : "its time in OPEN is over";
                move(open, HalfOpen.begin(next(open, nanos)), why);
            } else if (!(now instanceof Closed closed && opensForHangingCalls(closed, nanos))) {
                return admitted(now, nanos);
            }
        }
    }

    /** Whether it is open, and its time is not over. */
    boolean rejectsNow() {
        Phase now = period;
        if (!(now instanceof Open open)) {
            return false;
        }
        long nanos = ticker.nanos();
        return !open.due(nanos) && now.terms().control().at(nanos).mode() != BreakerMode.OBSERVING;
    }

    private boolean opensForHangingCalls(Closed closed, long nanos) {
        InFlightTracker watch = closed.pass().watch();
        if (watch == null || !watch.due(nanos)) {
            return false;
        }
        int hung = watch.hung(nanos);
        return hung > 0 && closed.judge().mustOpen(closed.terms().settings(), hung) && trip(closed, hung, false, null);
    }

    private Permit admitted(Phase by, long nanos) {
        if (by instanceof Closed closed) {
            int limit = closed.terms().settings().maxConcurrentCalls();
            boolean free = limit == 0 || enter(limit, closed.terms().control().mode() == BreakerMode.FORCED_CLOSED);
            return free ? closed.pass() : rejected(closed, nanos);
        }
        // trials are not among the concurrent calls: calls that hang must not keep the breaker from trying
        TrialPermit trial = ((HalfOpen) by).trials().admit(this, by.terms().settings(), nanos);
        return trial == null ? rejected(by, nanos) : trial;
    }

    private boolean enter(int limit, boolean always) {
        while (true) {
            int taken = placesTaken;
            if (taken >= limit && !always) {
                return false;
            }
            if (PLACES_TAKEN.compareAndSet(this, taken, taken + 1)) {
                return true;
            }
        }
    }

    /** Gives back a place among the concurrent calls. */
    void leave() {
        PLACES_TAKEN.decrementAndGet(this);
    }

    ClosedPermit pass(Epoch epoch, BreakerSettings settings, InFlightTracker watching) {
        watch = watching;
        boolean limited = settings.maxConcurrentCalls() > 0;
        return settings.callTimer() == CallTimer.ON
                ? new TimedPermit(this, limited, epoch, watching)
                : new ClosedPermit(this, limited, epoch, watching);
    }

    /** From now on {@code nanos} hears how long each call took that is timed; {@code null} for nobody. */
    void timeWith(LongConsumer nanos) {
        stopwatch = nanos;
    }

    void timed(long nanos) {
        LongConsumer hearing = stopwatch;
        if (hearing == null) {
            return;
        }
        try {
            hearing.accept(nanos);
        } catch (RuntimeException | Error broken) {
            // whoever measures is no reason for a call to fail, or for its outcome to be lost
            stopwatch = null;
            Message.TIMED_NO_MORE.log(broken, name);
        }
    }

    /** A new one that suits these settings; {@code null} if they watch no calls. */
    InFlightTracker watch(BreakerSettings settings) {
        long slow = settings.slowCallMillis() * 1_000_000;
        return slow == 0 ? null : new InFlightTracker(slow, ticker.nanos());
    }

    private Permit rejected(Phase by, long nanos) {
        ModeOverride control = by.terms().control().at(nanos);
        if (control.mode() == BreakerMode.OBSERVING) {
            totals.rare().observedRejected.increment();
            return new ObservedPermit(this, by.terms());
        }
        LastFailure last = lastFailure;
        CircuitOpenException rejection = new CircuitOpenException(
                name,
                by.state(),
                by instanceof Open open ? open.remainingMillis(nanos) : 0,
                last == null ? null : last.what(),
                control.mode(),
                control.reason());
        if (FlightEvents.recordsRejections()) {
            rejections(nanos).add(rejection, by, nanos);
        }
        totals.rare().rejected(rejection.reason()).increment();
        throw rejection;
    }

    private Rejections rejections(long nanos) {
        Rejections made = rejections;
        return made == null ? makeRejections(nanos) : made;
    }

    private synchronized Rejections makeRejections(long nanos) {
        if (rejections == null) {
            rejections = new Rejections(nanos);
        }
        return rejections;
    }

    // ---- what permits report

    /** Answers whether {@code thrown} is a failure of the same kind as the last, and then notes it. */
    boolean failsAgain(Throwable thrown) {
        LastFailure last = lastFailure;
        if (last == null || !last.isAgain(thrown)) {
            return false;
        }
        last.again(clock.millis());
        return true;
    }

    /** @param thrown class of what was thrown; {@code null} if a result is the failure */
    void noteFailure(String what, Class<?> thrown) {
        LastFailure last = lastFailure;
        if (last != null && last.what().equals(what)) {
            last.again(clock.millis());
        } else {
            lastFailure = new LastFailure(what, thrown, clock.millis());
        }
    }

    /**
     * Opens, unless a later change of the settings or the mode says otherwise.
     *
     * @param judged the period whose judge says so
     * @param hung calls in flight that it counted
     * @param failed whether it was a failure that came last
     * @param thrown what that was; {@code null} if it was a result
     * @return whether this call opened it
     */
    boolean trip(Closed judged, int hung, boolean failed, Throwable thrown) {
        Closed closed = judged;
        while (true) {
            long nanos = ticker.nanos();
            PhaseContext terms = closed.terms();
            if (terms.control().at(nanos).mode() == BreakerMode.FORCED_CLOSED) {
                return false;
            }
            String why = closed.judge().evidence().reason(terms.settings(), hung)
                    + (failed ? ", the last with " + what(thrown) : "");
            if (move(closed, open(terms.tripped(terms.control().at(nanos), clock.instant(), why)), why, thrown)) {
                return true;
            }
            if (!(period instanceof Closed changed)
                    || changed.pass().epoch() != judged.pass().epoch()
                    || !changed.judge().mustOpen(changed.terms().settings(), hung)) {
                return false;
            }
            closed = changed;
        }
    }

    /** After a trial that was no success. */
    void reopenAfter(Trials trials, boolean failed, Throwable thrown) {
        while (period instanceof HalfOpen halfOpen && halfOpen.trials() == trials) {
            PhaseContext terms = halfOpen.terms();
            String why = failed
                    ? "a trial failed with " + what(thrown)
                    : "a trial took more than " + terms.settings().slowCallMillis() + " ms";
            ModeOverride control = terms.control().at(ticker.nanos());
            if (move(halfOpen, open(terms.reopened(control, clock.instant())), why, thrown)) {
                return;
            }
        }
    }

    private String what(Throwable thrown) {
        return thrown == null ? lastFailure.what() : thrown.getClass().getName();
    }

    void closeAfter(Trials trials, int successes) {
        while (period instanceof HalfOpen halfOpen
                && halfOpen.trials() == trials
                && successes >= halfOpen.terms().settings().successThreshold()) {
            Closed closed = Closed.begin(next(halfOpen, ticker.nanos()), this);
            if (move(halfOpen, closed, successes == 1 ? "a trial succeeded" : successes + " trials succeeded")) {
                return;
            }
        }
    }

    // ---- transitions

    private PhaseContext next(Phase from, long nanos) {
        return from.terms().next(from.terms().control().at(nanos), clock.instant());
    }

    Open open(PhaseContext terms) {
        return new Open(terms, ticker.nanos(), ThreadLocalRandom.current().nextDouble());
    }

    /** By the breaker's own decision. */
    private boolean move(Phase from, Phase to, String why) {
        return move(from, to, why, null);
    }

    /** Likewise, because of a failure; {@code null} if it was a result. */
    private boolean move(Phase from, Phase to, String why, Throwable thrown) {
        return move(from, to, to.terms().since(), "", why, message(thrown));
    }

    /** On one line; {@code null} if there is none. */
    private static String message(Throwable thrown) {
        try {
            String message = thrown == null ? null : thrown.getMessage();
            return message == null || message.isBlank() ? null : Text.printable(message);
        } catch (RuntimeException | Error broken) {
            // its class has been told, and a failure that cannot tell more is no reason to stay closed
            return null;
        }
    }

    /**
     * By somebody.
     *
     * @param by who asks for it
     */
    boolean move(Phase from, Phase to, Instant at, String by, String why) {
        return move(from, to, at, by, why, null);
    }

    /** The one place where the period changes. */
    private boolean move(Phase from, Phase to, Instant at, String by, String why, String failureMessage) {
        CircuitTransition transition = new CircuitTransition(
                to.terms().number(),
                name,
                from.state(),
                to.state(),
                from.terms().control().mode(),
                to.terms().control().mode(),
                from.terms().settings(),
                to.terms().settings(),
                at,
                from.terms().since(),
                by,
                why,
                failureMessage);
        TransitionNode news = new TransitionNode(transition, from.terms().news());
        if (!PERIOD.compareAndSet(this, from, to.under(to.terms().with(news)))) {
            return false;
        }
        Rejections recorded = rejections;
        // a change of settings ends nothing
        if (recorded != null && to.terms().settings().equals(from.terms().settings())) {
            recorded.over(name, from);
        }
        announcer.tell(this);
        return true;
    }
}
