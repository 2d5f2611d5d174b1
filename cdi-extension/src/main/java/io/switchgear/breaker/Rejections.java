package io.switchgear.breaker;

import io.switchgear.CircuitOpenException;
import io.switchgear.Mode;
import io.switchgear.Settings;
import io.switchgear.flight.Flight;
import io.switchgear.flight.Sampler;

/** Tells flight recordings of some of one breaker's rejections, so that they stand for all. */
final class Rejections {
    private final Sampler sampler;

    Rejections(long nanos) {
        sampler = new Sampler(nanos);
    }

    void add(CircuitOpenException rejection, Period by, long nanos) {
        long standsFor = sampler.another(nanos);
        if (standsFor > 0) {
            Flight.rejection(rejection, cause(by), standsFor);
        }
    }

    /** Those not told of yet belong to the period that is over, and not to whatever rejects next. */
    void over(String name, Period period) {
        long rest = sampler.rest();
        if (rest > 0 && Flight.recordsRejections()) {
            Control control = period.terms().control();
            CircuitOpenException last =
                    new CircuitOpenException(name, period.state(), 0, null, control.mode(), control.reason());
            Flight.rejection(last, cause(period), rest);
        }
    }

    private static String cause(Period period) {
        Terms terms = period.terms();
        Settings settings = terms.settings();
        return switch (period.state()) {
            case OPEN ->
                terms.control().mode() == Mode.FORCED_OPEN ? terms.control().reason() : opened(terms);
            case HALF_OPEN -> "HalfOpenMaxCalls is " + settings.halfOpenMaxCalls();
            case CLOSED -> "MaxConcurrentCalls is " + settings.maxConcurrentCalls();
        };
    }

    private static String opened(Terms terms) {
        String trip = terms.past().lastTrip();
        // what somebody forced open was never tripped, and yet its trials may fail
        return trip == null ? "a trial failed" : trip;
    }
}
