package io.switchgear.breaker;

import io.switchgear.CircuitOpenException;
import io.switchgear.flight.FlightEvents;
import io.switchgear.flight.RejectionSampler;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;

/** Tells flight recordings of some of one breaker's rejections, so that they stand for all. */
final class Rejections {
    private final RejectionSampler sampler;

    Rejections(long nanos) {
        sampler = new RejectionSampler(nanos);
    }

    void add(CircuitOpenException rejection, Phase by, long nanos) {
        long standsFor = sampler.another(nanos);
        if (standsFor > 0) {
            FlightEvents.rejection(rejection, cause(by), standsFor);
        }
    }

    /** Those not told of yet belong to the period that is over, and not to whatever rejects next. */
    void over(String name, Phase period) {
        long rest = sampler.rest();
        if (rest > 0 && FlightEvents.recordsRejections()) {
            ModeOverride control = period.terms().control();
            CircuitOpenException last =
                    new CircuitOpenException(name, period.state(), 0, null, control.mode(), control.reason());
            FlightEvents.rejection(last, cause(period), rest);
        }
    }

    private static String cause(Phase period) {
        PhaseContext terms = period.terms();
        BreakerSettings settings = terms.settings();
        return switch (period.state()) {
            case OPEN ->
                terms.control().mode() == BreakerMode.FORCED_OPEN
                        ? terms.control().reason()
                        : opened(terms);
            case HALF_OPEN -> "HalfOpenMaxCalls is " + settings.halfOpenMaxCalls();
            case CLOSED -> "MaxConcurrentCalls is " + settings.maxConcurrentCalls();
        };
    }

    private static String opened(PhaseContext terms) {
        String trip = terms.past().lastTrip();
        // what somebody forced open was never tripped, and yet its trials may fail
        return trip == null ? "a trial failed" : trip;
    }
}
