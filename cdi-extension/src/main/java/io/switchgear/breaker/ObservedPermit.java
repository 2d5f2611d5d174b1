package io.switchgear.breaker;

import io.switchgear.settings.CallTimer;
import io.switchgear.status.CircuitTransition;

/** The permit of a call that would be rejected if the breaker did not merely observe. Decides nothing. */
final class ObservedPermit extends Permit {
    private final long number;
    private final boolean timed;

    /** @param context the context of the phase in which the call came */
    ObservedPermit(PermitContext shared, PhaseContext context) {
        super(shared);
        this.number = context.number();
        this.timed = context.settings().callTimer() == CallTimer.ON;
    }

    @Override
    public long start() {
        return timed ? shared.nanos() : 0;
    }

    @Override
    boolean ended(long started) {
        if (timed) {
            shared.timed(shared.nanos() - started);
        }
        return false;
    }

    @Override
    void decide(boolean failed, boolean slow, Throwable thrown) {
        // the totals have it
    }

    @Override
    public boolean admittedBefore(CircuitTransition transition) {
        return number < transition.number();
    }

    @Override
    void release() {
        // it held nothing
    }
}
