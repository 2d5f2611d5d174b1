package io.switchgear.breaker;

/** The permit of one call that a half-open breaker admits. */
final class Trial extends Permit {
    private final Trials trials;
    final long startedNanos;

    Trial(Circuit circuit, Trials trials, long startedNanos) {
        super(circuit);
        this.trials = trials;
        this.startedNanos = startedNanos;
    }

    @Override
    void countSuccess() {
        if (trials.end(this) && isOn()) {
            circuit.closeAfter(trials, trials.succeeded());
        } else {
            circuit.totals.late.increment();
        }
    }

    @Override
    void countFailure() {
        if (trials.end(this) && isOn()) {
            circuit.reopenAfter(trials);
        } else {
            circuit.totals.late.increment();
        }
    }

    @Override
    void giveBack() {
        trials.end(this);
    }

    private boolean isOn() {
        return circuit.period() instanceof HalfOpen halfOpen && halfOpen.trials() == trials;
    }
}
