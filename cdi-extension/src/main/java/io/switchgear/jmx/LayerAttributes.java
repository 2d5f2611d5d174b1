package io.switchgear.jmx;

import static io.switchgear.jmx.MBeanAttribute.counter;
import static io.switchgear.jmx.MBeanAttribute.gauge;
import static io.switchgear.jmx.MBeanAttribute.reading;

import io.switchgear.Fallbacks;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.FallbackSnapshot;
import io.switchgear.status.RetrySnapshot;
import io.switchgear.status.ServiceSnapshot;
import java.util.stream.Stream;

/** The tables of the attributes of what stands around a breaker. */
final class LayerAttributes {
    private LayerAttributes() {}

    static Stream<MBeanAttribute<LayerView<RetrySnapshot>>> retries() {
        Stream<MBeanAttribute<LayerView<RetrySnapshot>>> totals = Stream.of(
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
                        v -> v.snapshot().refusedByBudget()),
                gauge(
                        "BudgetBalance",
                        long.class,
                        "retries",
                        "Retries that the budget would pay for now",
                        v -> v.snapshot().budgetBalance()),
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
                        TunableAttributes.<LayerView<RetrySnapshot>>settings(TunableKind.RETRY),
                        totals,
                        TunableAttributes.<LayerView<RetrySnapshot>>origin())
                .flatMap(part -> part);
    }

    static Stream<MBeanAttribute<LayerView<FallbackSnapshot>>> fallbacks() {
        Stream<MBeanAttribute<LayerView<FallbackSnapshot>>> totals = Stream.of(
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
                        TunableAttributes.<LayerView<FallbackSnapshot>>settings(TunableKind.FALLBACK),
                        totals,
                        TunableAttributes.<LayerView<FallbackSnapshot>>origin())
                .flatMap(part -> part);
    }

    static Stream<MBeanAttribute<LayerView<ServiceSnapshot>>> services() {
        Stream<MBeanAttribute<LayerView<ServiceSnapshot>>> totals = Stream.of(
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
                        TunableAttributes.<LayerView<ServiceSnapshot>>settings(TunableKind.SERVICE),
                        totals,
                        TunableAttributes.<LayerView<ServiceSnapshot>>origin())
                .flatMap(part -> part);
    }
}
