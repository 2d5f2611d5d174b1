package io.switchgear.breaker;

import io.switchgear.CircuitTransition;

/** The permit of one call that a half-open breaker admits. */
final class Trial extends Permit {
    private final Trials trials;
    private final long admittedNanos;

    Trial(Circuit circuit, Trials trials, long admittedNanos) {
        super(circuit);
        this.trials = trials;
        this.admittedNanos = admittedNanos;
    }

    @Override
    public long start() {
        return admittedNanos;
    }

    @Override
    boolean ended(long started) {
        long slow = circuit.period().terms().settings().slowCallMillis() * 1_000_000;
        return slow > 0 && ageNanos(circuit.nanos()) > slow;
    }

    long ageNanos(long now) {
        return now - admittedNanos;
    }

    @Override
    void count(boolean failed, boolean slow) {
        if (!trials.end(this) || timedOut() || !isOn()) {
            circuit.totals.late.increment();
        } else if (failed || slow) {
            circuit.reopenAfter(trials, failed);
        } else {
            circuit.closeAfter(trials, trials.succeeded());
        }
    }

    @Override
    public boolean admittedBefore(CircuitTransition transition) {
        return trials.began() < transition.number();
    }

    @Override
    void giveBack() {
        trials.end(this);
    }

    private boolean timedOut() {
        long timeout = circuit.period().terms().settings().trialTimeoutMillis() * 1_000_000;
        return ageNanos(circuit.nanos()) >= timeout;
    }

    private boolean isOn() {
        return circuit.period() instanceof HalfOpen halfOpen && halfOpen.trials() == trials;
    }
}
