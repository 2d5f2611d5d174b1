// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.status.CircuitState;
import io.switchgear.status.RejectionReason;

/**
 * The phase in which an adaptive breaker is open: calls are rejected, except a trial now and then.
 *
 * @param open the phase in which it would be with another policy
 */
record Trickle(Open open, TrickleTrials trials) implements TrialPhase {
    @Override
    public PhaseContext context() {
        return open.context();
    }

    @Override
    public CircuitState state() {
        return CircuitState.OPEN;
    }

    @Override
    public Phase withSettings(PhaseContext newContext, PermitContext permits) {
        return context().hasTrialsOf(newContext) ? withContext(newContext) : open.withSettings(newContext, permits);
    }

    @Override
    public Trickle withContext(PhaseContext newContext) {
        return new Trickle(open.withContext(newContext), trials);
    }

    @Override
    public HalfOpen recovered(PhaseContext next, PermitContext permits) {
        return HalfOpen.begin(next, permits.nanos());
    }

    @Override
    public boolean rejects(long now) {
        return trials.rejects(now, context().settings());
    }

    @Override
    public long remainingMillis(long now) {
        return trials.remainingMillis(now, context().settings());
    }

    @Override
    public double share(long now) {
        return 0;
    }

    @Override
    public String admission(long now) {
        return trials.admission(now, context().settings());
    }

    @Override
    public String rejectionCause(RejectionReason reason, long now) {
        return open.rejectionCause(reason, now);
    }
}
