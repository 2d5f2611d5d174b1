package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.CallTimer;
import io.switchgear.status.CircuitTransition;

/** The permit of one call that a half-open breaker admits. */
final class TrialPermit extends Permit {
    private final Trials trials;
    private final long admittedNanos;

    TrialPermit(Circuit circuit, Trials trials, long admittedNanos) {
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
        BreakerSettings settings = circuit.period().terms().settings();
        long age = ageNanos(circuit.nanos());
        if (settings.callTimer() == CallTimer.ON) {
            circuit.timed(age);
        }
        return settings.slowCallMillis() > 0 && age > settings.slowCallMillis() * 1_000_000;
    }

    long ageNanos(long now) {
        return now - admittedNanos;
    }

    @Override
    void count(boolean failed, boolean slow, Throwable thrown) {
        if (!trials.end(this) || timedOut() || !isOn()) {
            circuit.totals.rare().late.increment();
        } else if (failed || slow) {
            circuit.reopenAfter(trials, failed, thrown);
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
