package io.switchgear.http;

import io.switchgear.FailureRule;
import io.switchgear.HttpService;
import io.switchgear.ServiceSettings;
import io.switchgear.ServiceSnapshot;
import io.switchgear.Snapshot;
import io.switchgear.State;
import io.switchgear.breaker.Breaker;
import io.switchgear.guard.Retry;
import io.switchgear.guard.TunedLayer;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/** One service: where it is, its breaker and retries, and what is known of the requests to it. */
final class Service extends TunedLayer<ServiceSettings> implements HttpService {
    // what a reader of a body throws is nobody's failure but its own
    private static final FailureRule FAILURES = new FailureRule(List.of(IOException.class), List.of());

    private final BaseUrl base;
    private final Breaker breaker;
    private final Retry retry;
    private final Pending pending;
    private final Totals totals = new Totals();
    private final LastGoodResponses lastGood = new LastGoodResponses();
    private volatile String lastFailure;

    Service(String name, BaseUrl base, Breaker breaker, Retry retry, ServiceSettings settings) {
        super(name, settings, InstantSource.system());
        this.base = base;
        this.breaker = breaker;
        this.retry = retry;
        this.pending = new Pending(this);
        breaker.listen(pending::heard);
        listen(change -> lastGood.tuned((ServiceSettings) change.to()));
    }

    @Override
    public FailureRule rule() {
        return breaker.failureRule();
    }

    @Override
    public URI url() {
        return base.url();
    }

    @Override
    public FailureRule rule() {
        return FAILURES;
    }

    BaseUrl base() {
        return base;
    }

    Breaker breaker() {
        return breaker;
    }

    Retry retry() {
        return retry;
    }

    ServiceSettings inForce() {
        return settings();
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

    /** An attempt failed with what is of this class, or this status. */
    void failed(String what) {
        lastFailure = what;
        totals.failures.increment();
    }

    @Override
    public ServiceSnapshot snapshot() {
        return new ServiceSnapshot(
                name(),
                settings(),
                url(),
                totals.requests.sum(),
                totals.failures.sum(),
                totals.retries.sum(),
                totals.cancelled.sum(),
                totals.lastGoodAnswered.sum(),
                pending.size(),
                lastFailure,
                changedBy(),
                lastChange());
    }

    ServiceHealth health() {
        Snapshot now = breaker.snapshot();
        return new ServiceHealth(
                name(),
                url(),
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
