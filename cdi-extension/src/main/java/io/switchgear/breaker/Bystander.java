package io.switchgear.breaker;

/** The permit of a call that would have been rejected, were the breaker not merely observing. Decides nothing. */
final class Bystander extends Permit {
    Bystander(Circuit circuit) {
        super(circuit);
    }

    @Override
    void countSuccess() {
        // the totals have it
    }

    @Override
    void countFailure() {
        // the totals have it
    }

    @Override
    void giveBack() {
        // it held nothing
    }
}
