package io.switchgear.breaker;

import io.switchgear.status.CircuitTransition;

/** The permit of every call that a closed breaker admits under the same settings; one object for all of them. */
sealed class ClosedPermit extends Permit permits TimedPermit {
    private final boolean limited;
    private final Epoch epoch;
    private final InFlightTracker watch;

    /**
     * @param limited whether each call takes one of the places of {@code maxConcurrentCalls}
     * @param epoch stands for the closed period, whatever its settings
     * @param watch knows the calls that run; {@code null} if none are watched
     */
    ClosedPermit(Circuit circuit, boolean limited, Epoch epoch, InFlightTracker watch) {
        super(circuit);
        this.limited = limited;
        this.epoch = epoch;
        this.watch = watch;
    }

    @Override
    public long start() {
        return watch == null ? 0 : watch.started(circuit.nanos());
    }

    @Override
    boolean ended(long started) {
        leave();
        return started != 0 && watch != null && watch.ended(started, circuit.nanos());
    }

    final void leave() {
        if (limited) {
            circuit.leave();
        }
    }

    @Override
    final void count(boolean failed, boolean slow, Throwable thrown) {
        if (circuit.period() instanceof Closed closed && (closed.pass() == this || closed.pass().epoch == epoch)) {
            if (closed.judge().note(failed, slow, closed.terms().settings())) {
                circuit.trip(closed, 0, failed, thrown);
            }
        } else {
            circuit.totals.rare().late.increment();
        }
    }

    @Override
    public final boolean admittedBefore(CircuitTransition transition) {
        return epoch.beganBefore(transition.number());
    }

    @Override
    final void giveBack() {
        // a closed breaker has no trials to wait for it
    }

    final Epoch epoch() {
        return epoch;
    }

    final InFlightTracker watch() {
        return watch;
    }
}
