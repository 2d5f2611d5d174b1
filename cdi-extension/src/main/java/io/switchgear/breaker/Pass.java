package io.switchgear.breaker;

/** The permit of every call that a closed breaker admits; one object for all calls of a closed period. */
final class Pass extends Permit {
    Pass(Circuit circuit) {
        super(circuit);
    }

    @Override
    void countSuccess() {
        if (circuit.period() instanceof Closed closed && closed.pass() == this) {
            if (closed.judge().succeeded(closed.terms().settings())) {
                circuit.trip(closed);
            }
        } else {
            circuit.totals.late.increment();
        }
    }

    @Override
    void countFailure() {
        if (circuit.period() instanceof Closed closed && closed.pass() == this) {
            if (closed.judge().failed(closed.terms().settings())) {
                circuit.trip(closed);
            }
        } else {
            circuit.totals.late.increment();
        }
    }

    @Override
    void giveBack() {
        // a closed breaker limits nothing
    }
}
