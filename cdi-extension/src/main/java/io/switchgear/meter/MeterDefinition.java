// SPDX-License-Identifier: Apache-2.0
package io.switchgear.meter;

import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSnapshot;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.BulkheadSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.FallbackSnapshot;
import io.switchgear.status.RejectionReason;
import io.switchgear.status.RetrySnapshot;
import io.switchgear.status.ServiceSnapshot;
import io.switchgear.status.TimeLimitSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A meter of each breaker, retry, fallback, time limit or service.
 *
 * @param counts whether it is a total that never falls; otherwise it is a gauge
 * @param label the label besides {@link #SERVICE}; {@code null} for none
 * @param labelValue the value of that label; {@code null} for none
 * @param read reads the value from one snapshot, so that a value computed from two totals never falls either
 * @param <S> the snapshots of the kind
 */
public record MeterDefinition<S extends TunableSnapshot<?>>(
        boolean counts, String name, String description, String label, String labelValue, ToDoubleFunction<S> read) {
    /** The label with the name, which distinguishes the meters of one thing from those of others of its kind. */
    public static final String SERVICE = "service";

    private static final List<MeterDefinition<BreakerSnapshot>> OF_BREAKERS = Stream.of(
                    Stream.of(
                            MeterDefinition.<BreakerSnapshot>gauge(
                                    "circuit.breaker.state",
                                    "0 closed, 1 half-open, 2 open",
                                    breaker -> breaker.state().code()),
                            MeterDefinition.<BreakerSnapshot>gauge(
                                    "circuit.breaker.admitted.percent",
                                    "Part of the calls that is admitted, in percent",
                                    BreakerSnapshot::admittedPercent),
                            MeterDefinition.<BreakerSnapshot>gauge(
                                    "circuit.breaker.overridden",
                                    "1 while the mode is other than AUTOMATIC, else 0",
                                    breaker -> breaker.mode() == BreakerMode.AUTOMATIC ? 0 : 1),
                            MeterDefinition.<BreakerSnapshot>gauge(
                                    "circuit.breaker.enabled",
                                    "1 while the breaker is on, 0 while it is off",
                                    breaker -> breaker.settings().enabled() ? 1 : 0),
                            gauge(
                                    "circuit.breaker.calls.in.flight",
                                    "Admitted calls that have not ended",
                                    BreakerSnapshot::callsInFlight),
                            gauge(
                                    "circuit.breaker.calls.waiting",
                                    "Calls that wait for a place",
                                    BreakerSnapshot::waitingCalls),
                            counter("circuit.breaker.failures", "Calls that failed", BreakerSnapshot::failures)),
                    calls(),
                    Arrays.stream(RejectionReason.values()).map(MeterDefinition::rejections),
                    Arrays.stream(CircuitState.values()).map(MeterDefinition::transitionsTo))
            .flatMap(part -> part)
            .toList();

    private static final List<MeterDefinition<RetrySnapshot>> OF_RETRIES = List.of(
            counter("switchgear.retry.attempts", "Attempts, the first of each call included", RetrySnapshot::attempts),
            counter("switchgear.retry.retries", "Attempts that were retries", RetrySnapshot::retries),
            retried("recovered", RetrySnapshot::recovered),
            retried("given_up", RetrySnapshot::givenUp),
            retried("refused", RetrySnapshot::refusedByBudget),
            gauge(
                    "switchgear.retry.enabled",
                    "1 while retries are on, 0 while they are off",
                    retry -> retry.settings().enabled() ? 1 : 0),
            gauge(
                    "switchgear.retry.budget",
                    "Retries that the budget would pay for now",
                    RetrySnapshot::budgetBalance));

    private static final List<MeterDefinition<FallbackSnapshot>> OF_FALLBACKS = List.of(
            fellBack("handled", FallbackSnapshot::handled),
            fellBack("failed", FallbackSnapshot::failed),
            fellBack("last_good", FallbackSnapshot::lastGoodHits),
            fellBack("last_good_missed", FallbackSnapshot::lastGoodMisses),
            gauge(
                    "switchgear.fallback.enabled",
                    "1 while the fallback is on, 0 while it is off",
                    fallback -> fallback.settings().enabled() ? 1 : 0),
            gauge("switchgear.fallback.last.good.values", "Last good values kept", FallbackSnapshot::lastGoodValues));

    private static final List<MeterDefinition<TimeLimitSnapshot>> OF_TIME_LIMITS = List.of(
            counter(
                    "switchgear.time.limit.exceeded",
                    "Calls that exceeded the limit, trials included",
                    TimeLimitSnapshot::exceeded),
            counter(
                    "switchgear.time.limit.interrupted",
                    "Calls whose thread was interrupted at the limit",
                    TimeLimitSnapshot::interrupted),
            gauge(
                    "switchgear.time.limit.enabled",
                    "1 while the time limit is on, 0 while it is off",
                    limit -> limit.settings().enabled() ? 1 : 0),
            gauge(
                    "switchgear.time.limit.running.calls",
                    "Calls in flight that have not exceeded the limit",
                    TimeLimitSnapshot::running),
            gauge(
                    "switchgear.time.limit.overdue.calls",
                    "Calls that have exceeded the limit and whose thread has not come back",
                    TimeLimitSnapshot::overdue));

    private static final List<MeterDefinition<ServiceSnapshot>> OF_SERVICES = List.of(
            counter(
                    "switchgear.service.requests",
                    "Requests of callers, each counted once whatever its retries",
                    ServiceSnapshot::requests),
            counter("switchgear.service.failures", "Attempts that failed, retries included", ServiceSnapshot::failures),
            counter("switchgear.service.retries", "Attempts after the first of a request", ServiceSnapshot::retries),
            counter(
                    "switchgear.service.cancelled",
                    "Attempts cancelled because the breaker opened while they were pending",
                    ServiceSnapshot::cancelled),
            counter(
                    "switchgear.service.last.good.hits",
                    "Failed or rejected requests that got the last good response",
                    ServiceSnapshot::lastGoodHits),
            gauge(
                    "switchgear.service.pending.requests",
                    "Attempts whose response, body included, is not complete",
                    ServiceSnapshot::pendingRequests));

    private static final List<MeterDefinition<BulkheadSnapshot>> OF_BULKHEADS = List.of(
            gauge("switchgear.bulkhead.calls.in.flight", "Calls that have a place", BulkheadSnapshot::callsInFlight),
            gauge("switchgear.bulkhead.calls.waiting", "Calls that wait for a place", BulkheadSnapshot::waitingCalls),
            gauge(
                    "switchgear.bulkhead.enabled",
                    "1 while the bulkhead is on, 0 while it is off",
                    bulkhead -> bulkhead.settings().enabled() ? 1 : 0),
            passed("admitted", BulkheadSnapshot::admitted),
            passed("rejected", BulkheadSnapshot::rejected));

    /** Returns the meters of everything of this kind. */
    public static List<? extends MeterDefinition<?>> of(TunableKind kind) {
        return switch (kind) {
            case BREAKER -> OF_BREAKERS;
            case RETRY -> OF_RETRIES;
            case FALLBACK -> OF_FALLBACKS;
            case TIME_LIMIT -> OF_TIME_LIMITS;
            case SERVICE -> OF_SERVICES;
            case BULKHEAD -> OF_BULKHEADS;
        };
    }

    private static Stream<MeterDefinition<BreakerSnapshot>> calls() {
        return Stream.of(
                call("success", breaker -> breaker.successes() - breaker.slowSuccesses()),
                call("failure", BreakerSnapshot::failures),
                call("slow", BreakerSnapshot::slowSuccesses),
                call("ignored", BreakerSnapshot::ignored),
                call("rejected", BreakerSnapshot::rejected),
                call("fallback", BreakerSnapshot::fallbacks));
    }

    private static MeterDefinition<BreakerSnapshot> call(String result, ToDoubleFunction<BreakerSnapshot> read) {
        return result(
                "circuit.breaker.calls",
                "Calls by result, each once as success, failure, slow (but not a failure), ignored or rejected; in"
                        + " addition, fallback counts failed and rejected calls for which a fallback was used",
                result,
                read);
    }

    private static MeterDefinition<RetrySnapshot> retried(String result, ToDoubleFunction<RetrySnapshot> read) {
        return result(
                "switchgear.retry.calls",
                "Calls that failed at first: recovered by a retry, given up with no attempts or time left, or refused a"
                        + " retry by the budget",
                result,
                read);
    }

    private static MeterDefinition<FallbackSnapshot> fellBack(String result, ToDoubleFunction<FallbackSnapshot> read) {
        return result(
                "switchgear.fallback.calls",
                "Failed calls: handled by the method or handler, failed as that failed too, last_good if a last good"
                        + " value was used, last_good_missed if there was none",
                result,
                read);
    }

    private static MeterDefinition<BulkheadSnapshot> passed(String result, ToDoubleFunction<BulkheadSnapshot> read) {
        return result(
                "switchgear.bulkhead.calls",
                "Calls: admitted to a place, or rejected, at once or after a wait",
                result,
                read);
    }

    private static MeterDefinition<BreakerSnapshot> rejections(RejectionReason reason) {
        return new MeterDefinition<>(
                true,
                "circuit.breaker.rejected",
                "Rejected calls, by reason",
                "reason",
                reason.label(),
                breaker -> breaker.rejectedByReason().get(reason));
    }

    private static MeterDefinition<BreakerSnapshot> transitionsTo(CircuitState state) {
        return new MeterDefinition<>(
                true,
                "circuit.breaker.transitions",
                "Transitions from another state, by new state",
                "to",
                state.name().toLowerCase(Locale.ROOT),
                breaker -> breaker.transitionsTo().get(state));
    }

    private static <S extends TunableSnapshot<?>> MeterDefinition<S> gauge(
            String name, String description, ToDoubleFunction<S> read) {
        return new MeterDefinition<>(false, name, description, null, null, read);
    }

    private static <S extends TunableSnapshot<?>> MeterDefinition<S> counter(
            String name, String description, ToDoubleFunction<S> read) {
        return new MeterDefinition<>(true, name, description, null, null, read);
    }

    private static <S extends TunableSnapshot<?>> MeterDefinition<S> result(
            String name, String description, String result, ToDoubleFunction<S> read) {
        return new MeterDefinition<>(true, name, description, "result", result, read);
    }

    /** Returns the name in Prometheus, as Micrometer translates it. */
    public String prometheusName() {
        return name.replace('.', '_') + (counts ? "_total" : "");
    }

    /**
     * Reads the value.
     *
     * @param snapshot of the kind of this meter
     */
    @SuppressWarnings("unchecked") // the tables above are by kind
    public double value(TunableSnapshot<?> snapshot) {
        return read.applyAsDouble((S) snapshot);
    }
}
