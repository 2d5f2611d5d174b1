package io.switchgear.jmx;

import static io.switchgear.jmx.FaceAttribute.counter;
import static io.switchgear.jmx.FaceAttribute.gauge;
import static io.switchgear.jmx.FaceAttribute.reading;

import io.switchgear.FallbackSnapshot;
import io.switchgear.Fallbacks;
import io.switchgear.Kind;
import io.switchgear.RetrySnapshot;
import io.switchgear.ServiceSnapshot;
import java.util.stream.Stream;

/** The tables of the attributes of what stands around a breaker. */
final class LayerAttributes {
    private LayerAttributes() {}

    static Stream<FaceAttribute<LayerView<RetrySnapshot>>> retries() {
        Stream<FaceAttribute<LayerView<RetrySnapshot>>> totals = Stream.of(
                counter(
                        "AttemptsTotal",
                        "calls",
                        "Calls, first ones and retries",
                        v -> v.snapshot().attempts()),
                counter(
                        "RetriesTotal",
                        "calls",
                        "Those of them that were retries",
                        v -> v.snapshot().retries()),
                counter(
                        "RecoveredTotal",
                        "calls",
                        "Calls that failed at first and succeeded with a retry",
                        v -> v.snapshot().recovered()),
                counter(
                        "GivenUpTotal",
                        "calls",
                        "Calls that failed although they might have been retried, had attempts or time been left",
                        v -> v.snapshot().givenUp()),
                counter(
                        "RefusedByBudgetTotal",
                        "calls",
                        "Calls that failed because the budget had nothing left for a retry",
                        v -> v.snapshot().refused()),
                gauge(
                        "BudgetBalance",
                        long.class,
                        "retries",
                        "Retries that the budget would pay for now",
                        v -> v.snapshot().budget()),
                reading(
                        "RetryOn",
                        String.class,
                        "Classes that are followed by a retry; fixed at deployment",
                        v -> Tables.names(v.layer().rule().failOn())),
                reading(
                        "AbortOn",
                        String.class,
                        "Classes that are not; wins over RetryOn",
                        v -> Tables.names(v.layer().rule().skipOn())));
        return Stream.of(
                        TunedAttributes.<LayerView<RetrySnapshot>>settings(Kind.RETRY),
                        totals,
                        TunedAttributes.<LayerView<RetrySnapshot>>origin())
                .flatMap(part -> part);
    }

    static Stream<FaceAttribute<LayerView<FallbackSnapshot>>> fallbacks() {
        Stream<FaceAttribute<LayerView<FallbackSnapshot>>> totals = Stream.of(
                counter(
                        "HandledTotal",
                        "calls",
                        "Failed calls that the fallback's method or handler stood in for",
                        v -> v.snapshot().handled()),
                counter(
                        "FailedTotal",
                        "calls",
                        "Failed calls for which the fallback's method or handler failed too",
                        v -> v.snapshot().failed()),
                counter(
                        "LastGoodHitsTotal",
                        "calls",
                        "Failed calls that a last good value stood in for",
                        v -> v.snapshot().lastGoodHits()),
                counter(
                        "LastGoodMissesTotal",
                        "calls",
                        "Failed calls for which there was no good value",
                        v -> v.snapshot().lastGoodMisses()),
                gauge(
                        "LastGoodValues",
                        long.class,
                        "values",
                        "Good values that are kept; some may be too old already",
                        v -> v.snapshot().lastGoodValues()),
                reading(
                        "FallsBackTo",
                        String.class,
                        "What stands in, in this order",
                        v -> ((Fallbacks) v.layer()).description()),
                reading(
                        "On",
                        String.class,
                        "Classes that it stands in for; fixed at deployment",
                        v -> Tables.names(v.layer().rule().failOn())),
                reading(
                        "ExceptOn",
                        String.class,
                        "Classes that it does not; wins over On",
                        v -> Tables.names(v.layer().rule().skipOn())));
        return Stream.of(
                        TunedAttributes.<LayerView<FallbackSnapshot>>settings(Kind.FALLBACK),
                        totals,
                        TunedAttributes.<LayerView<FallbackSnapshot>>origin())
                .flatMap(part -> part);
    }

    static Stream<FaceAttribute<LayerView<ServiceSnapshot>>> services() {
        Stream<FaceAttribute<LayerView<ServiceSnapshot>>> totals = Stream.of(
                reading(
                        "Url",
                        String.class,
                        "Where it is",
                        v -> v.snapshot().url().toString()),
                counter(
                        "RequestsTotal",
                        "requests",
                        "Requests, each with its retries counted once",
                        v -> v.snapshot().requests()),
                counter(
                        "FailuresTotal",
                        "attempts",
                        "Attempts that failed",
                        v -> v.snapshot().failures()),
                counter(
                        "RetriesTotal",
                        "attempts",
                        "Attempts after the first of a request",
                        v -> v.snapshot().retries()),
                counter(
                        "CancelledTotal",
                        "requests",
                        "Requests that were pending when the breaker opened, and were cancelled",
                        v -> v.snapshot().cancelled()),
                counter(
                        "LastGoodAnsweredTotal",
                        "requests",
                        "Failed requests that a last good response was the answer to",
                        v -> v.snapshot().lastGoodAnswered()),
                gauge(
                        "PendingRequests",
                        int.class,
                        "requests",
                        "Requests that are not yet answered",
                        v -> v.snapshot().pendingRequests()),
                reading(
                        "LastFailure",
                        String.class,
                        "Class of the last failure, or its status; empty before the first",
                        v -> Tables.text(v.snapshot().lastFailure())));
        return Stream.of(
                        TunedAttributes.<LayerView<ServiceSnapshot>>settings(Kind.SERVICE),
                        totals,
                        TunedAttributes.<LayerView<ServiceSnapshot>>origin())
                .flatMap(part -> part);
    }
}
