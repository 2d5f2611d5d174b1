// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static io.switchgear.jmx.MBeanAttribute.counter;
import static io.switchgear.jmx.MBeanAttribute.gauge;
import static io.switchgear.jmx.MBeanAttribute.reading;

import io.switchgear.Fallbacks;
import io.switchgear.message.Address;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSnapshot;
import io.switchgear.status.BulkheadSnapshot;
import io.switchgear.status.FallbackSnapshot;
import io.switchgear.status.RetrySnapshot;
import io.switchgear.status.ServiceSnapshot;
import io.switchgear.status.TimeLimitSnapshot;
import java.util.stream.Stream;

/** The attributes of the MBeans of layers: retries, fallbacks, time limits, services and bulkheads. */
final class LayerAttributes {
    private LayerAttributes() {}

    /** Returns these attributes between the settings of the layer and where those come from. */
    private static <S extends TunableSnapshot<?>> Stream<MBeanAttribute<LayerView<S>>> withSettings(
            TunableKind kind, Stream<MBeanAttribute<LayerView<S>>> totals) {
        return Stream.of(
                        TunableAttributes.<LayerView<S>>settings(kind),
                        totals,
                        TunableAttributes.<LayerView<S>>origin())
                .flatMap(part -> part);
    }

    static Stream<MBeanAttribute<LayerView<RetrySnapshot>>> retries() {
        Stream<MBeanAttribute<LayerView<RetrySnapshot>>> totals = Stream.of(
                counter(
                        "AttemptsTotal",
                        "attempts",
                        "Attempts, the first of each call included",
                        v -> v.snapshot().attempts()),
                counter(
                        "RetriesTotal",
                        "retries",
                        "Attempts that were retries",
                        v -> v.snapshot().retries()),
                counter(
                        "RecoveredTotal",
                        "calls",
                        "Calls that failed at first and succeeded on a retry",
                        v -> v.snapshot().recovered()),
                counter(
                        "GivenUpTotal",
                        "calls",
                        "Calls that failed with a failure that is retried, but no attempts or no time were left",
                        v -> v.snapshot().givenUp()),
                counter(
                        "RefusedByBudgetTotal",
                        "calls",
                        "Calls whose failure the budget paid no retry for",
                        v -> v.snapshot().refusedByBudget()),
                gauge(
                        "BudgetBalance",
                        long.class,
                        "retries",
                        "Retries that the budget allows now",
                        v -> v.snapshot().budgetBalance()),
                reading(
                        "RetryOn",
                        String.class,
                        "Exceptions that are retried, with subclasses, except those that say nothing of the service unless"
                                + " named; fixed at deployment",
                        v -> Tables.names(v.layer().rule().failOn())),
                reading(
                        "AbortOn",
                        String.class,
                        "Exceptions that are not retried; overrides RetryOn",
                        v -> Tables.names(v.layer().rule().skipOn())));
        return withSettings(TunableKind.RETRY, totals);
    }

    static Stream<MBeanAttribute<LayerView<FallbackSnapshot>>> fallbacks() {
        Stream<MBeanAttribute<LayerView<FallbackSnapshot>>> totals = Stream.of(
                counter(
                        "HandledTotal",
                        "calls",
                        "Failed calls whose caller got the value of the fallback method or handler",
                        v -> v.snapshot().handled()),
                counter(
                        "FailedTotal",
                        "calls",
                        "Failed calls whose fallback method or handler failed too",
                        v -> v.snapshot().failed()),
                counter(
                        "LastGoodHitsTotal",
                        "calls",
                        "Failed calls whose caller got a last good value",
                        v -> v.snapshot().lastGoodHits()),
                counter(
                        "LastGoodMissesTotal",
                        "calls",
                        "Failed calls for which there was no last good value",
                        v -> v.snapshot().lastGoodMisses()),
                gauge(
                        "LastGoodValues",
                        long.class,
                        "values",
                        "Last good values kept; some may have expired already",
                        v -> v.snapshot().lastGoodValues()),
                reading(
                        "FallsBackTo",
                        String.class,
                        "Sources of the replacement value, in the order in which they are tried",
                        v -> ((Fallbacks) v.layer()).description()),
                reading(
                        "On",
                        String.class,
                        "Exceptions that the fallback replaces, with subclasses; fixed at deployment",
                        v -> Tables.names(v.layer().rule().failOn())),
                reading(
                        "ExceptOn",
                        String.class,
                        "Exceptions that the fallback does not replace; overrides On",
                        v -> Tables.names(v.layer().rule().skipOn())));
        return withSettings(TunableKind.FALLBACK, totals);
    }

    static Stream<MBeanAttribute<LayerView<TimeLimitSnapshot>>> timeLimits() {
        Stream<MBeanAttribute<LayerView<TimeLimitSnapshot>>> totals = Stream.of(
                counter(
                        "ExceededTotal",
                        "calls",
                        "Calls that exceeded the limit, trials included",
                        v -> v.snapshot().exceeded()),
                counter(
                        "TrialsExceededTotal",
                        "trials",
                        "Trials of the breaker that exceeded the limit",
                        v -> v.snapshot().trialsExceeded()),
                counter(
                        "InterruptedTotal",
                        "calls",
                        "Calls whose thread was interrupted at the limit",
                        v -> v.snapshot().interrupted()),
                gauge(
                        "RunningCalls",
                        long.class,
                        "calls",
                        "Calls in flight that have not exceeded the limit",
                        v -> v.snapshot().running()),
                gauge(
                        "OverdueCalls",
                        long.class,
                        "calls",
                        "Calls that have exceeded the limit and whose thread has not come back",
                        v -> v.snapshot().overdue()));
        return withSettings(TunableKind.TIME_LIMIT, totals);
    }

    static Stream<MBeanAttribute<LayerView<ServiceSnapshot>>> services() {
        Stream<MBeanAttribute<LayerView<ServiceSnapshot>>> totals = Stream.of(
                reading(
                        "Url",
                        String.class,
                        "URL of the service",
                        v -> Address.shown(v.snapshot().url().toString())),
                counter(
                        "RequestsTotal",
                        "requests",
                        "Requests of callers; each is counted once, whatever its retries",
                        v -> v.snapshot().requests()),
                counter(
                        "FailuresTotal",
                        "attempts",
                        "Attempts that failed, retries included",
                        v -> v.snapshot().failures()),
                counter(
                        "RetriesTotal",
                        "attempts",
                        "Attempts after the first of a request",
                        v -> v.snapshot().retries()),
                counter(
                        "CancelledTotal",
                        "attempts",
                        "Pending attempts that were cancelled because the breaker opened",
                        v -> v.snapshot().cancelled()),
                counter(
                        "LastGoodHitsTotal",
                        "requests",
                        "Failed requests whose caller got the last good response",
                        v -> v.snapshot().lastGoodHits()),
                gauge(
                        "PendingRequests",
                        int.class,
                        "attempts",
                        "Attempts whose response, body included, is not complete",
                        v -> v.snapshot().pendingRequests()),
                reading(
                        "LastFailure",
                        String.class,
                        "Exception class of the last failure, or its HTTP status; empty before the first",
                        v -> Tables.text(v.snapshot().lastFailure())));
        return withSettings(TunableKind.SERVICE, totals);
    }

    static Stream<MBeanAttribute<LayerView<BulkheadSnapshot>>> bulkheads() {
        Stream<MBeanAttribute<LayerView<BulkheadSnapshot>>> totals = Stream.of(
                gauge(
                        "CallsInFlight",
                        int.class,
                        "calls",
                        "Calls that have a place",
                        v -> v.snapshot().callsInFlight()),
                gauge(
                        "WaitingCalls",
                        int.class,
                        "calls",
                        "Calls that wait for a place",
                        v -> v.snapshot().waitingCalls()),
                gauge(
                        "LongestWaitMillis",
                        long.class,
                        "milliseconds",
                        "How long the call that has waited longest has been waiting; 0 if no call waits",
                        v -> v.snapshot().longestWaitMillis()),
                counter(
                        "AdmittedTotal",
                        "calls",
                        "Calls that got a place, at once or after a wait",
                        v -> v.snapshot().admitted()),
                counter(
                        "RejectedTotal",
                        "calls",
                        "Calls that were rejected, at once or after a wait",
                        v -> v.snapshot().rejected()));
        return withSettings(TunableKind.BULKHEAD, totals);
    }
}
