package io.switchgear.breaker;

/** The permit of calls whose time is taken. */
final class TimedPermit extends ClosedPermit {
    TimedPermit(Circuit circuit, boolean limited, Epoch epoch, InFlightTracker watch) {
        super(circuit, limited, epoch, watch);
    }

    @Override
    public long start() {
        return watch() == null ? circuit.nanos() : watch().started(circuit.nanos());
    }

    @Override
    boolean ended(long started) {
        leave();
        long now = circuit.nanos();
        circuit.timed(now - started);
        return watch() != null && watch().ended(started, now);
    }
}
