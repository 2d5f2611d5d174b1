// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RejectionReason;
import io.switchgear.window.AdmittedShare;

/**
 * The phase in which a few calls run as trials or, with {@link TripOn#ADAPTIVE}, a share of them.
 *
 * @param trials the trials of this epoch; shared by all its phases
 */
record HalfOpen(PhaseContext context, Trials trials) implements TrialPhase {
    /** Begins after the breaker was open. */
    static HalfOpen begin(PhaseContext context, long now) {
        return context.isAdaptive()
                ? begin(context, new AdmittedShare(now), now)
                : new HalfOpen(context, new FewTrials(new Epoch(context.number())));
    }

    /**
     * Begins with a share of the calls.
     *
     * @param rampBegan when the ramp began; {@code null} if there is none
     */
    static HalfOpen begin(PhaseContext context, AdmittedShare share, Long rampBegan) {
        return new HalfOpen(context, new ShareTrials(new Epoch(context.number()), share, rampBegan));
    }

    @Override
    public CircuitState state() {
        return CircuitState.HALF_OPEN;
    }

    @Override
    public HalfOpen withSettings(PhaseContext newContext, PermitContext permits) {
        return context.hasTrialsOf(newContext) ? withContext(newContext) : begin(newContext, permits.nanos());
    }

    @Override
    public HalfOpen withContext(PhaseContext newContext) {
        return new HalfOpen(newContext, trials);
    }

    @Override
    public Closed recovered(PhaseContext next, PermitContext permits) {
        return Closed.begin(next, permits, trials.areFew() ? new RampUp(permits.nanos()) : null);
    }

    @Override
    public double share(long now) {
        return trials.share(now, context.settings());
    }

    @Override
    public String admission(long now) {
        return trials.admission(now, context.settings());
    }

    @Override
    public RejectionReason rejectionReason(BreakerMode mode) {
        return trials.areFew() ? RejectionReason.TRIALS_TAKEN : RejectionReason.SHARE_TAKEN;
    }

    @Override
    public String rejectionCause(RejectionReason reason, long now) {
        return trials.areFew() ? "HalfOpenMaxCalls is " + context.settings().halfOpenMaxCalls() : admission(now);
    }
}
