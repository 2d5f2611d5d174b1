// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.status.CircuitState;

/**
 * The phase in which a few calls run as trials.
 *
 * @param trials the trials of this epoch; shared by all its phases
 */
record HalfOpen(PhaseContext context, Trials trials) implements Phase {
    static HalfOpen begin(PhaseContext context) {
        return new HalfOpen(context, new Trials(new Epoch(context.number())));
    }

    @Override
    public CircuitState state() {
        return CircuitState.HALF_OPEN;
    }

    @Override
    public HalfOpen withSettings(PhaseContext newContext, PermitContext permits) {
        boolean switched = context.settings().enabled() != newContext.settings().enabled();
        return switched ? begin(newContext) : withContext(newContext);
    }

    @Override
    public HalfOpen withContext(PhaseContext newContext) {
        return new HalfOpen(newContext, trials);
    }

    @Override
    public String rejectionCause() {
        return "HalfOpenMaxCalls is " + context.settings().halfOpenMaxCalls();
    }
}
