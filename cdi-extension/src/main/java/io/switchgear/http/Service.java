// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.FailureRule;
import io.switchgear.HttpService;
import io.switchgear.breaker.Breaker;
import io.switchgear.guard.Retry;
import io.switchgear.guard.TunableLayer;
import io.switchgear.settings.ServiceSettings;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.ServiceSnapshot;
import java.net.URI;
import java.time.InstantSource;
import java.util.function.IntSupplier;

/** One service: its address, its breaker and retries, and the state of the requests to it. */
final class Service extends TunableLayer<ServiceSettings> implements HttpService {
    private final BaseUrl base;
    private final Breaker breaker;
    private final Retry retry;
    private final PendingRequests pending;
    private final ServiceTotals totals = new ServiceTotals();
    private final LastGoodResponses lastGood;
    private volatile String lastFailure;

    /** @param services returns the number of services, which share the room for last good responses */
    Service(String name, BaseUrl base, Breaker breaker, Retry retry, ServiceSettings settings, IntSupplier services) {
        super(name, settings, InstantSource.system());
        this.base = base;
        this.breaker = breaker;
        this.retry = retry;
        this.lastGood = new LastGoodResponses(services);
        this.pending = new PendingRequests(this);
        breaker.listenFirst(pending::onTransition);
        listen(change -> lastGood.fit((ServiceSettings) change.to()));
    }

    @Override
    public FailureRule rule() {
        return breaker.failureRule();
    }

    @Override
    public URI url() {
        return base.url();
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

    PendingRequests pending() {
        return pending;
    }

    ServiceTotals totals() {
        return totals;
    }

    LastGoodResponses lastGood() {
        return lastGood;
    }

    /**
     * Counts a failed attempt.
     *
     * @param what {@code HTTP 503}, or the class of the exception
     */
    void failed(String what) {
        lastFailure = what;
        totals.failures.increment();
    }

    @Override
    public ServiceSnapshot snapshot() {
        return new Snapshot();
    }

    ServiceHealth health() {
        BreakerSnapshot now = breaker.snapshot();
        return new ServiceHealth(
                name(),
                url(),
                now.settings().enabled(),
                now.state(),
                now.mode(),
                now.state() == CircuitState.CLOSED,
                totals.failures.sum(),
                totals.rejected.sum(),
                lastFailure,
                now.openRemainingMillis(),
                pending.size());
    }

    private final class Snapshot extends LayerSnapshot implements ServiceSnapshot {
        private final long requests = totals.requests.sum();
        private final long failures = totals.failures.sum();
        private final long retries = totals.retries.sum();
        private final long cancelled = totals.cancelled.sum();
        private final long lastGoodHits = totals.lastGoodHits.sum();
        private final int pendingRequests = pending.size();
        private final String lastFailure = Service.this.lastFailure;

        @Override
        public URI url() {
            return Service.this.url();
        }

        @Override
        public long requests() {
            return requests;
        }

        @Override
        public long failures() {
            return failures;
        }

        @Override
        public long retries() {
            return retries;
        }

        @Override
        public long cancelled() {
            return cancelled;
        }

        @Override
        public long lastGoodHits() {
            return lastGoodHits;
        }

        @Override
        public int pendingRequests() {
            return pendingRequests;
        }

        @Override
        public String lastFailure() {
            return lastFailure;
        }
    }
}
