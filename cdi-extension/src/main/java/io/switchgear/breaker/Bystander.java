package io.switchgear.breaker;

import io.switchgear.CircuitTransition;

/** The permit of a call that would have been rejected, were the breaker not merely observing. Decides nothing. */
final class Bystander extends Permit {
    Bystander(Circuit circuit) {
        super(circuit);
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

    /** Always: one object serves all bystanders, whenever they came. */
    @Override
    public boolean admittedBefore(CircuitTransition transition) {
        return true;
    }

    @Override
    void giveBack() {
        // it held nothing
    }
}
