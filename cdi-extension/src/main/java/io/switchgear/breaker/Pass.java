package io.switchgear.breaker;

import io.switchgear.CircuitTransition;

/** The permit of every call that a closed breaker admits under the same settings; one object for all of them. */
final class Pass extends Permit {
    private final boolean limited;
    private final Epoch epoch;
    private final Watch watch;

    /**
     * @param limited whether each call takes one of the places of {@code maxConcurrentCalls}
     * @param epoch stands for the closed period, whatever its settings
     * @param watch knows the calls that run; {@code null} if none are watched
     */
    Pass(Circuit circuit, boolean limited, Epoch epoch, Watch watch) {
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
        if (limited) {
            circuit.leave();
        }
        return started != 0 && watch != null && watch.ended(started, circuit.nanos());
    }

    @Override
    void count(boolean failed, boolean slow) {
        if (circuit.period() instanceof Closed closed && (closed.pass() == this || closed.pass().epoch == epoch)) {
            if (closed.judge().note(failed, slow, closed.terms().settings())) {
                circuit.trip(closed, 0, failed);
            }
        } else {
            circuit.totals.late.increment();
        }
    }

    @Override
    public boolean admittedBefore(CircuitTransition transition) {
        return epoch.beganBefore(transition.number());
    }

    @Override
    void giveBack() {
        // a closed breaker has no trials to wait for it
    }

    Epoch epoch() {
        return epoch;
    }

    Watch watch() {
        return watch;
    }
}
