// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.message.Text;
import io.switchgear.place.Places;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.PriorCalls;
import io.switchgear.status.RejectionReason;
import io.switchgear.time.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** The state machine: admits calls, judges their outcomes, and moves from phase to phase. */
class Circuit extends TransitionDispatcher implements OutcomeHandler {
    private static final AtomicReferenceFieldUpdater<Circuit, Phase> PHASE =
            AtomicReferenceFieldUpdater.newUpdater(Circuit.class, Phase.class, "phase");

    private final PermitContext permits;
    private final BreakerTotals totals;
    private final RejectionListener rejections;
    private volatile Phase phase;

    Circuit(
            String name,
            BreakerSettings settings,
            FailureRule failureRule,
            Ticker ticker,
            InstantSource clock,
            RejectionListener rejections) {
        super(name);
        this.permits = new PermitContext(name, failureRule, ticker, clock, this);
        this.totals = permits.totals;
        this.rejections = rejections;
        this.phase = Closed.begin(PhaseContext.initial(settings, clock.instant()), permits);
    }

    PermitContext permits() {
        return permits;
    }

    BreakerSettings configuredSettings() {
        return phase.context().history().configured();
    }

    Phase phase() {
        return phase;
    }

    @Override
    public BreakerSettings settings() {
        return phase.context().settings();
    }

    @Override
    TransitionNode latest() {
        return phase.context().latest();
    }

    private Instant now() {
        return permits.clock().instant();
    }

    // ---- admission

    /**
     * Grants a permit for one call, which may end on any thread.
     *
     * @throws CircuitOpenException if the call is rejected
     */
    final Permit acquire() {
        if (phase instanceof Closed closed && closed.plain()) {
            totals.admitted.increment();
            return closed.permit();
        }
        return acquireSlowPath(false);
    }

    /**
     * Grants a permit for one call that ends on this thread, or is {@linkplain Permit#handedOver handed over}.
     *
     * @throws CircuitOpenException if the call is rejected
     */
    final Permit enter() {
        if (phase instanceof Closed closed && closed.plain()) {
            totals.admitted.increment();
            return closed.here();
        }
        return acquireSlowPath(true);
    }

    private Permit acquireSlowPath(boolean here) {
        Rehearsal rehearsal = phase.context().rehearsal();
        Permit permit = rehearsal == null ? acquireAfterChecks(here) : acquireRehearsed(rehearsal, here);
        try {
            // those of the permit: a call that passes while this is off is not counted here
            permit.shared.totals.admitted.increment();
        } catch (Throwable broken) {
            // the end of the stack, for instance
            permit.abandon();
            throw broken;
        }
        return permit;
    }

    private Permit acquireRehearsed(Rehearsal rehearsal, boolean here) {
        Permit permit;
        try {
            permit = acquireAfterChecks(here);
        } catch (RuntimeException rejected) {
            rehearsal.rejectedByBreaker();
            throw rejected;
        }
        try {
            return permit == OffPermit.INSTANCE ? permit : rehearsal.accompany(permit, here);
        } catch (Throwable broken) {
            permit.abandon();
            throw broken;
        }
    }

    final Permit acquireAfterChecks(boolean here) {
        WaitingCall waiting = null;
        try {
            while (true) {
                Permit permit = acquireOnce(here, waiting);
                if (permit != null) {
                    return permit;
                }
                // judged again after each wait, since the phase may have changed meanwhile
                if (phase instanceof Closed closed && closed.permit().places() != null) {
                    BreakerSettings settings = closed.context().settings();
                    waiting = waiting == null ? new WaitingCall(permits, settings.maxWaitMillis()) : waiting;
                    waiting.await(closed.permit().places(), settings.maxWaitingCalls());
                }
            }
        } finally {
            if (waiting != null) {
                waiting.end();
            }
        }
    }

    /**
     * Judges a call.
     *
     * @param waiting its wait until now; {@code null} if it has not waited
     * @return {@code null} if it has to wait for a place
     */
    private Permit acquireOnce(boolean here, WaitingCall waiting) {
        while (true) {
            Phase present = phase;
            PhaseContext context = present.context();
            if (present.isOff()) {
                return OffPermit.INSTANCE;
            }
            long nanos = permits.nanos();
            if (context.override().isOver(nanos) && !context.isForcedOpen()) {
                String why = "the mode " + context.override().mode() + " has ended";
                move(present, present.withContext(next(present, nanos)), why);
            } else if (present.isDue(nanos)) {
                String why = context.isForcedOpen() ? "it is no longer forced open" : "its time in OPEN is over";
                move(present, HalfOpen.begin(next(present, nanos), nanos), why);
            } else if (!opensForHangingCalls(present, nanos)) {
                return admitted(present, nanos, here, waiting);
            }
        }
    }

    @Override
    public int limitOf(Places places) {
        return phase instanceof Closed closed
                        && closed.permit().places() == places
                        && closed.context().override().mode() == BreakerMode.AUTOMATIC
                ? closed.context().settings().maxConcurrentCalls()
                : Places.NO_LIMIT;
    }

    /** Returns whether a call would be rejected now because the circuit is open. Changes nothing. */
    boolean rejectsNow() {
        Phase present = phase;
        return present.state() == CircuitState.OPEN && rejects(present, permits.nanos());
    }

    /** Returns the rejection of a call now because the circuit is open; {@code null} if there is none. */
    CircuitOpenException rejection() {
        Phase present = phase;
        if (present.state() != CircuitState.OPEN) {
            return null;
        }
        long nanos = permits.nanos();
        ModeOverride override = present.context().override().at(nanos);
        return rejects(present, nanos)
                ? rejection(present, present.rejectionReason(override.mode()), override, nanos)
                : null;
    }

    private static boolean rejects(Phase present, long nanos) {
        return !present.isOff()
                && present.rejects(nanos)
                && present.context().override().at(nanos).mode() != BreakerMode.OBSERVING;
    }

    /** Opens the circuit if calls that hang would open it at the next call, and that of a rehearsal likewise. */
    public final void look() {
        Phase present = phase;
        if (present.context().rehearsal() != null) {
            present.context().rehearsal().look();
        }
        if (!(present instanceof Closed closed) || closed.permit().tracker() != null) {
            opensForHangingCalls(present, permits.nanos());
        }
    }

    /** Returns whether calls that hang have changed the phase. */
    private boolean opensForHangingCalls(Phase present, long nanos) {
        if (present instanceof HalfOpen halfOpen && !halfOpen.trials().areFew()) {
            halfOpen.trials().expire(nanos, halfOpen.context().settings());
            return decide(halfOpen.trials().epoch(), null);
        }
        if (!(present instanceof Closed closed)) {
            return false;
        }
        InFlightTracker tracker = closed.permit().tracker();
        if (tracker == null || !tracker.isDue(nanos)) {
            return false;
        }
        int hung = tracker.hung(nanos);
        return hung > 0
                && closed.policy().mustOpen(closed.context().settings(), hung)
                && trip(closed, hung, false, null);
    }

    private Permit admitted(Phase by, long nanos, boolean here, WaitingCall waiting) {
        if (by instanceof Closed closed) {
            return admitted(closed, nanos, here, waiting);
        }
        // trials do not count as concurrent calls: calls that hang must not prevent trials
        Permit trial =
                by instanceof TrialPhase trying ? trying.trials().admit(permits, by.context(), nanos, here) : null;
        return trial == null ? rejected(by, nanos, here) : trial;
    }

    private Permit admitted(Closed by, long nanos, boolean here, WaitingCall waiting) {
        BreakerMode mode = by.context().override().mode();
        if (by.isAfterRampUp(nanos)) {
            // from now on calls are admitted without a look at the clock; if another thread was first, it is the same
            PHASE.compareAndSet(this, by, by.withoutRampUp());
        }
        if (waiting == null && !by.rampAdmits(nanos)) {
            return rejected(by, RejectionReason.SHARE_TAKEN, nanos, here);
        }
        BreakerSettings settings = by.context().settings();
        int limit = settings.maxConcurrentCalls();
        Places places = by.permit().places();
        if (limit == 0 || places.isHeldHere()) {
            return here ? by.here() : by.here().handedOver();
        }
        // created first: the place is taken last, so that nothing can fail after it
        ClosedPermit permit = here ? by.permit().withPlaceHere() : by.permit();
        if (waiting != null && waiting.hasPlaceOf(places)) {
            permit.takePlace(waiting);
            return permit;
        }
        if (permit.takePlace(limit, mode == BreakerMode.FORCED_CLOSED)) {
            return permit;
        }
        boolean waits =
                mode == BreakerMode.AUTOMATIC && (waiting == null ? settings.maxWaitingCalls() > 0 : !waiting.isOver());
        return waits ? null : rejected(by, nanos, here);
    }

    private Permit rejected(Phase by, long nanos, boolean here) {
        return rejected(by, by.rejectionReason(by.context().override().at(nanos).mode()), nanos, here);
    }

    private Permit rejected(Phase by, RejectionReason reason, long nanos, boolean here) {
        ModeOverride override = by.context().override().at(nanos);
        if (override.mode() == BreakerMode.OBSERVING) {
            totals.rare().observedRejected.increment();
            return admittedAlthoughRejected(by, here);
        }
        CircuitOpenException rejection = rejection(by, reason, override, nanos);
        totals.rare().rejected(reason).increment();
        try {
            if (rejections.isActive()) {
                rejections.rejected(rejection, () -> by.rejectionCause(reason, nanos), nanos);
            }
        } catch (RuntimeException | Error broken) {
            permits.recordingFailed(broken);
        }
        throw permits.thrownFor(rejection);
    }

    /** Returns the permit of a call that an observing breaker would otherwise reject. */
    Permit admittedAlthoughRejected(Phase by, boolean here) {
        return new PassivePermit(permits, by.context(), here);
    }

    private CircuitOpenException rejection(Phase by, RejectionReason reason, ModeOverride override, long nanos) {
        LastFailure last = permits.lastFailure();
        return rejection(by, reason, override, by.remainingMillis(nanos), last == null ? null : last.what());
    }

    private CircuitOpenException rejection(
            Phase by, RejectionReason reason, ModeOverride override, long openRemainingMillis, String lastFailure) {
        return new CircuitOpenException(
                permits.name(),
                by.state(),
                openRemainingMillis,
                lastFailure,
                override.mode(),
                override.reason(),
                reason);
    }

    // ---- outcomes

    @Override
    public void closedCallEnded(Epoch epoch, boolean failed, boolean slow, Throwable thrown) {
        if (phase instanceof Closed closed && closed.epoch() == epoch) {
            if (closed.policy().record(failed, slow, closed.context().settings())) {
                trip(closed, 0, failed, thrown);
            }
        } else {
            totals.rare().late.increment();
        }
    }

    /**
     * Opens the circuit, unless a later change of settings or mode prevents it.
     *
     * @param judged the phase whose policy decided it
     * @param hung hanging calls that the policy counted
     * @param failed whether the last outcome was a failure
     * @param thrown the exception of that failure; {@code null} if it was a result
     * @return whether this call opened the circuit
     */
    private boolean trip(Closed judged, int hung, boolean failed, Throwable thrown) {
        Closed closed = judged;
        while (true) {
            PhaseContext context = closed.context();
            ModeOverride override = context.override().at(permits.nanos());
            if (override.mode() == BreakerMode.FORCED_CLOSED) {
                return false;
            }
            Trip trip = Trip.of(closed, hung, failed ? permits.what(thrown) : null, permits);
            PhaseContext tripped = context.tripped(override, now(), trip.why());
            Phase next = trip.share() == null ? open(tripped) : HalfOpen.begin(tripped, trip.share(), null);
            if (move(closed, next, tripped.since(), "", trip.why(), message(thrown), trip.priorCalls())) {
                return true;
            }
            if (!(phase instanceof Closed changed)
                    || changed.epoch() != judged.epoch()
                    || !changed.policy().mustOpen(changed.context().settings(), hung)) {
                return false;
            }
            closed = changed;
        }
    }

    @Override
    public boolean isTrying(Epoch epoch) {
        return phase instanceof TrialPhase trying && trying.isOf(epoch);
    }

    @Override
    public void trialEnded(Epoch epoch, Throwable thrown) {
        decide(epoch, thrown);
    }

    /**
     * Makes the transition that trials lead to, if they lead to any.
     *
     * @param thrown the exception of the last of them; {@code null} if there was none
     * @return whether this call made a transition
     */
    private boolean decide(Epoch epoch, Throwable thrown) {
        while (phase instanceof TrialPhase trying && trying.isOf(epoch)) {
            TrialDecision decision = TrialDecision.of(trying, permits);
            if (decision == null) {
                return false;
            }
            if (move(trying, decision.next(), decision.why(), decision.failed() ? thrown : null)) {
                return true;
            }
        }
        return false;
    }

    // ---- transitions

    private PhaseContext next(Phase from, long nanos) {
        return from.context().next(from.context().override().at(nanos), now());
    }

    Phase open(PhaseContext context) {
        return Open.begin(context, permits.nanos());
    }

    /** Moves by the breaker's own decision. */
    private boolean move(Phase from, Phase to, String why) {
        return move(from, to, why, null);
    }

    /** Moves by the breaker's own decision, because of {@code thrown}; {@code null} if a result was the failure. */
    private boolean move(Phase from, Phase to, String why, Throwable thrown) {
        return move(from, to, to.context().since(), "", why, message(thrown), null);
    }

    /** Returns the message of an exception on one line; {@code null} if there is none. */
    private static String message(Throwable thrown) {
        try {
            String message = thrown == null ? null : thrown.getMessage();
            return message == null || message.isBlank() ? null : Text.printable(message);
        } catch (RuntimeException | Error broken) {
            // a getMessage() that throws must not keep the circuit from opening
            return null;
        }
    }

    /**
     * Moves for an operator.
     *
     * @param by the author of the request
     */
    boolean move(Phase from, Phase to, Instant at, String by, String why) {
        return move(from, to, at, by, why, null, null);
    }

    /**
     * Replaces the context of a phase in a way that is no transition. Returns {@code false} if another thread has
     * changed the phase first.
     */
    final boolean replace(Phase from, PhaseContext context) {
        return PHASE.compareAndSet(this, from, from.withContext(context));
    }

    /** Makes a transition, at this one place. Returns {@code false} if another thread has changed the phase first. */
    private boolean move(
            Phase from, Phase to, Instant at, String by, String why, String failureMessage, PriorCalls priorCalls) {
        CircuitTransition transition = new CircuitTransition(
                to.context().number(), permits.name(), from.side(), to.side(), at, by, why, failureMessage, priorCalls);
        TransitionNode node = new TransitionNode(transition, from.context().latest());
        if (!PHASE.compareAndSet(this, from, to.withContext(to.context().with(node)))) {
            return false;
        }
        if (from instanceof Closed closed && closed.permit().places() != null) {
            closed.permit().places().serve();
        }
        // a change of settings alone goes on with the same rejections, unless it switches the breaker
        if (to.context().settings().equals(from.context().settings()) || to.isOff() != from.isOff()) {
            try {
                ModeOverride override = from.context().override();
                RejectionReason reason = from.rejectionReason(override.mode());
                rejections.stateOrModeEnded(
                        () -> rejection(from, reason, override, 0, null),
                        () -> from.rejectionCause(reason, permits.nanos()));
            } catch (RuntimeException | Error broken) {
                permits.recordingFailed(broken);
            }
        }
        announce();
        return true;
    }
}
