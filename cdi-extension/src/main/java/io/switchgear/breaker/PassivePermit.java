// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.CallTimer;
import io.switchgear.status.CircuitTransition;

/**
 * The permit of a call whose outcome decides nothing: a call within a trial, or one that an observing breaker would
 * otherwise reject.
 */
final class PassivePermit extends SingleCallPermit {
    private final long number;
    private final boolean timed;

    /**
     * @param context the context of the phase in which the call was admitted
     * @param here whether the call ends on the thread on which it begins
     */
    PassivePermit(PermitContext shared, PhaseContext context, boolean here) {
        super(shared, here);
        this.number = context.number();
        this.timed = context.settings().callTimer() == CallTimer.ON;
    }

    @Override
    public long start() {
        return timed ? shared.nanos() : 0;
    }

    @Override
    boolean ended(long started) {
        back(started);
        return false;
    }

    @Override
    boolean overdue(long started) {
        return false;
    }

    @Override
    void back(long started) {
        if (timed) {
            shared.timed(shared.nanos() - started);
        }
    }

    @Override
    void decide(boolean failed, boolean slow, Throwable thrown, long started, boolean here) {
        // it is in the totals already
    }

    @Override
    public boolean admittedBefore(CircuitTransition transition) {
        return number < transition.number();
    }

    @Override
    void release() {
        // it holds nothing
    }
}
