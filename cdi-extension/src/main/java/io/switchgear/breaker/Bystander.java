package io.switchgear.breaker;

import io.switchgear.CircuitTransition;

/** The permit of a call that would have been rejected, were the breaker not merely observing. Decides nothing. */
final class Bystander extends Permit {
    private final long number;

    /** @param number that of the transition that led to the period in which the call came */
    Bystander(Circuit circuit, long number) {
        super(circuit);
        this.number = number;
    }

    @Override
    public long start() {
        return 0;
    }

    @Override
    boolean ended(long started) {
        return false;
    }

    @Override
    void count(boolean failed, boolean slow) {
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
