// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.message.Text;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.CallTimer;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RejectionReason;
import io.switchgear.window.TripPolicies;
import io.switchgear.window.TripPolicy;

/**
 * The phase in which calls run and are judged.
 *
 * @param permit the permit of calls that may end on any thread
 * @param here the permit of calls that end on the thread on which they begin, and that take no place
 * @param rampUp the ramp of the calls that are admitted; {@code null} if there is none
 * @param plain whether calls are admitted without any check: they are neither limited nor tracked, the mode has no end,
 *     and no rehearsal sees them
 */
record Closed(
        PhaseContext context,
        Epoch epoch,
        ClosedPermit permit,
        ClosedPermit here,
        TripPolicy policy,
        RampUp rampUp,
        boolean plain)
        implements Phase {
    static Closed begin(PhaseContext context, PermitContext permits) {
        return begin(context, permits, null);
    }

    static Closed begin(PhaseContext context, PermitContext permits, RampUp rampUp) {
        BreakerSettings settings = context.settings();
        Epoch epoch = new Epoch(context.number());
        ClosedPermit permit = permit(permits, settings, epoch, permits.track(settings));
        return of(
                context.closed(permits.totals.ended()),
                epoch,
                permit,
                permit.here(),
                TripPolicies.of(settings, permits.ticker()),
                rampUp);
    }

    private static ClosedPermit permit(
            PermitContext permits, BreakerSettings settings, Epoch epoch, InFlightTracker tracker) {
        permits.tracker(tracker);
        return settings.callTimer() == CallTimer.ON
                ? new TimedPermit(permits, settings, epoch, tracker)
                : new ClosedPermit(permits, settings, epoch, tracker);
    }

    private static Closed of(
            PhaseContext context,
            Epoch epoch,
            ClosedPermit permit,
            ClosedPermit here,
            TripPolicy policy,
            RampUp rampUp) {
        BreakerSettings settings = context.settings();
        boolean plain = settings.enabled()
                && settings.maxConcurrentCalls() == 0
                && settings.slowCallMillis() == 0
                && context.override().until() == null
                && context.rehearsal() == null
                && (rampUp == null || settings.rampUpMillis() == 0);
        return new Closed(context, epoch, permit, here, policy, rampUp, plain);
    }

    @Override
    public CircuitState state() {
        return CircuitState.CLOSED;
    }

    @Override
    public Closed withSettings(PhaseContext newContext, PermitContext permits) {
        BreakerSettings before = context.settings();
        BreakerSettings settings = newContext.settings();
        TripPolicy adapted = TripPolicies.adapted(policy, settings, permits.ticker());
        if (before.enabled() != settings.enabled()) {
            // a new epoch, so that outcomes of calls admitted before are late, at no cost for calls
            Epoch next = new Epoch(newContext.number());
            ClosedPermit renewed = permit(permits, settings, next, permits.track(settings));
            return of(newContext, next, renewed, renewed.here(), adapted, rampUp);
        }
        boolean sameTracker = before.slowCallMillis() == settings.slowCallMillis();
        boolean same = sameTracker
                && (before.maxConcurrentCalls() == 0) == (settings.maxConcurrentCalls() == 0)
                && before.callTimer() == settings.callTimer();
        ClosedPermit next = same
                ? permit
                : permit(permits, settings, epoch, sameTracker ? permit.tracker() : permits.track(settings));
        return of(newContext, epoch, next, same ? here : next.here(), adapted, rampUp);
    }

    @Override
    public Closed withContext(PhaseContext newContext) {
        return of(newContext, epoch, permit, here, policy, rampUp);
    }

    @Override
    public double share(long now) {
        return rampUp == null || context.override().at(now).mode() == BreakerMode.FORCED_CLOSED
                ? 1
                : rampUp.share(now, context.settings());
    }

    @Override
    public String admission(long now) {
        double share = share(now);
        return share >= 1
                ? "admits all calls"
                : "admits " + Text.percent(share) + ", as " + rejectionCause(RejectionReason.SHARE_TAKEN, now);
    }

    /** Returns whether the ramp admits the next call; without one, each call is admitted. */
    boolean rampAdmits(long now) {
        double share = share(now);
        return share >= 1 || rampUp.admits(share);
    }

    /** Returns whether its ramp has come to the end. */
    boolean isAfterRampUp(long now) {
        return rampUp != null
                && context.settings().rampUpMillis() > 0
                && context.override().mode() != BreakerMode.FORCED_CLOSED
                && share(now) >= 1;
    }

    /** Returns this phase after its ramp. */
    Closed withoutRampUp() {
        return of(context, epoch, permit, here, policy, null);
    }

    @Override
    public String rejectionCause(RejectionReason reason, long now) {
        return reason == RejectionReason.SHARE_TAKEN
                ? "it has closed within RampUpMillis, which is "
                        + context.settings().rampUpMillis()
                : "MaxConcurrentCalls is " + context.settings().maxConcurrentCalls();
    }
}
