package io.switchgear.http;

import io.switchgear.ServiceSettings;
import io.switchgear.Snapshot;
import io.switchgear.State;
import io.switchgear.breaker.Breaker;

/** One service: where it is, its breaker, and what is known of the requests to it. */
final class Service {
    private final String name;
    private final BaseUrl base;
    private final Breaker breaker;
    private final Pending pending;
    private final Totals totals = new Totals();
    private final LastGoodResponses lastGood = new LastGoodResponses();
    private volatile ServiceSettings settings;
    private volatile String lastFailure;

    Service(String name, BaseUrl base, Breaker breaker, ServiceSettings settings) {
        this.name = name;
        this.base = base;
        this.breaker = breaker;
        this.settings = settings;
        this.pending = new Pending(this);
        breaker.listen(pending::heard);
    }

    String name() {
        return name;
    }

    BaseUrl base() {
        return base;
    }

    Breaker breaker() {
        return breaker;
    }

    ServiceSettings settings() {
        return settings;
    }

    Pending pending() {
        return pending;
    }

    Totals totals() {
        return totals;
    }

    LastGoodResponses lastGood() {
        return lastGood;
    }

    Retrying retrying() {
        return Retrying.NEVER;
    }

    /** An attempt failed with what is of this class, or this status. */
    void failed(String what) {
        lastFailure = what;
        totals.failures.increment();
    }

    ServiceHealth health() {
        Snapshot now = breaker.snapshot();
        return new ServiceHealth(
                name,
                base.url(),
                now.state(),
                now.mode(),
                now.state() == State.CLOSED,
                now.failures(),
                now.rejected(),
                lastFailure == null ? now.lastFailure() : lastFailure,
                now.openRemainingMillis(),
                pending.size());
    }
}
