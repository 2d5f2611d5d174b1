package io.switchgear.breaker;

import io.switchgear.settings.CallTimer;
import io.switchgear.status.CircuitTransition;

/** The permit of a call that would have been rejected, were the breaker not merely observing. Decides nothing. */
final class ObservedPermit extends Permit {
    private final long number;
    private final boolean timed;

    /** @param by the terms of the period in which the call came */
    ObservedPermit(Circuit circuit, PhaseContext by) {
        super(circuit);
        this.number = by.number();
        this.timed = by.settings().callTimer() == CallTimer.ON;
    }

    @Override
    public long start() {
        return timed ? circuit.nanos() : 0;
    }

    @Override
    boolean ended(long started) {
        if (timed) {
            circuit.timed(circuit.nanos() - started);
        }
        return false;
    }

    @Override
    void count(boolean failed, boolean slow, Throwable thrown) {
        // the totals have it
    }

    @Override
    public boolean admittedBefore(CircuitTransition transition) {
        return number < transition.number();
    }

    @Override
    void giveBack() {
        // it held nothing
    }
}
