package io.switchgear.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSnapshot;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.FallbackSnapshot;
import io.switchgear.status.RejectionReason;
import io.switchgear.status.RetrySnapshot;
import io.switchgear.status.ServiceSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * One meter of everything of a kind.
 *
 * @param counts whether it is a total that never falls; a gauge otherwise
 * @param tags beside {@link #SERVICE}
 * @param read from a snapshot: one, so that what is worked out of two totals never falls either
 * @param <S> snapshots of the kind
 */
record MeterDefinition<S extends TunableSnapshot<?>>(
        boolean counts, String name, String description, Tags tags, ToLongFunction<S> read) {
    /** The tag that tells one thing from others of its kind: its name. */
    static final String SERVICE = "service";

    private static final List<MeterDefinition<BreakerSnapshot>> OF_BREAKERS = Stream.of(
                    Stream.of(
                            MeterDefinition.<BreakerSnapshot>gauge(
                                    "circuit.breaker.state",
                                    "0 closed, 1 half-open, 2 open",
                                    of -> of.state().code()),
                            MeterDefinition.<BreakerSnapshot>gauge(
                                    "circuit.breaker.overridden",
                                    "1 while somebody has set a mode other than AUTOMATIC, else 0",
                                    of -> of.mode() == BreakerMode.AUTOMATIC ? 0 : 1),
                            gauge(
                                    "circuit.breaker.calls.in.flight",
                                    "Calls admitted and not yet over",
                                    BreakerSnapshot::callsInFlight),
                            counter("circuit.breaker.failures", "Calls that failed", BreakerSnapshot::failures)),
                    calls(),
                    Arrays.stream(RejectionReason.values()).map(MeterDefinition::rejections),
                    Arrays.stream(CircuitState.values()).map(MeterDefinition::transitionsTo))
            .flatMap(part -> part)
            .toList();

    private static final List<MeterDefinition<RetrySnapshot>> OF_RETRIES = List.of(
            counter(
                    "switchgear.retry.attempts",
                    "Calls of the method, first ones and retries",
                    RetrySnapshot::attempts),
            counter("switchgear.retry.retries", "Attempts that were retries", RetrySnapshot::retries),
            retried("recovered", RetrySnapshot::recovered),
            retried("given_up", RetrySnapshot::givenUp),
            retried("refused", RetrySnapshot::refusedByBudget),
            gauge("switchgear.retry.budget", "Retries that are saved up", RetrySnapshot::budgetBalance));

    private static final List<MeterDefinition<FallbackSnapshot>> OF_FALLBACKS = List.of(
            fellBack("handled", FallbackSnapshot::handled),
            fellBack("failed", FallbackSnapshot::failed),
            fellBack("last_good", FallbackSnapshot::lastGoodHits),
            fellBack("last_good_missed", FallbackSnapshot::lastGoodMisses),
            gauge("switchgear.fallback.last.good.values", "Good values kept", FallbackSnapshot::lastGoodValues));

    private static final List<MeterDefinition<ServiceSnapshot>> OF_SERVICES = List.of(
            counter("switchgear.service.requests", "Requests that callers made", ServiceSnapshot::requests),
            counter("switchgear.service.failures", "Times that one was sent and failed", ServiceSnapshot::failures),
            counter("switchgear.service.retries", "Times that one was sent again", ServiceSnapshot::retries),
            counter(
                    "switchgear.service.cancelled",
                    "Times that one was pending when the breaker opened, and so was cancelled",
                    ServiceSnapshot::cancelled),
            counter(
                    "switchgear.service.last.good.answered",
                    "Requests that were answered with the last good response",
                    ServiceSnapshot::lastGoodAnswered),
            gauge(
                    "switchgear.service.pending.requests",
                    "Requests sent whose response is not complete",
                    ServiceSnapshot::pendingRequests));

    /** Those of everything of this kind. */
    static List<? extends MeterDefinition<?>> of(TunableKind kind) {
        return switch (kind) {
            case BREAKER -> OF_BREAKERS;
            case RETRY -> OF_RETRIES;
            case FALLBACK -> OF_FALLBACKS;
            case SERVICE -> OF_SERVICES;
        };
    }

    private static Stream<MeterDefinition<BreakerSnapshot>> calls() {
        return Stream.of(
                call("success", of -> of.successes() - of.slowSuccesses()),
                call("failure", BreakerSnapshot::failures),
                call("slow", BreakerSnapshot::slowSuccesses),
                call("ignored", BreakerSnapshot::ignored),
                call("rejected", BreakerSnapshot::rejected),
                call("fallback", BreakerSnapshot::fallbacks));
    }

    private static MeterDefinition<BreakerSnapshot> call(String result, ToLongFunction<BreakerSnapshot> read) {
        return result(
                "circuit.breaker.calls",
                "Each call once, as success, failure, slow (but no failure), ignored or rejected; on top of these,"
                        + " fallback counts calls that a fallback stood in for",
                result,
                read);
    }

    private static MeterDefinition<RetrySnapshot> retried(String result, ToLongFunction<RetrySnapshot> read) {
        return result(
                "switchgear.retry.calls",
                "Calls that failed at first and were recovered by a retry, given up with attempts or time used up, or"
                        + " refused a retry by the budget",
                result,
                read);
    }

    private static MeterDefinition<FallbackSnapshot> fellBack(String result, ToLongFunction<FallbackSnapshot> read) {
        return result(
                "switchgear.fallback.calls",
                "Failed calls that method or handler handled, for which these failed too, that a last good value stood"
                        + " in for, or for which there was none",
                result,
                read);
    }

    private static MeterDefinition<BreakerSnapshot> rejections(RejectionReason reason) {
        return new MeterDefinition<>(
                true,
                "circuit.breaker.rejected",
                "Calls that were not admitted, by reason",
                Tags.of("reason", reason.label()),
                of -> of.rejectedByReason().get(reason));
    }

    private static MeterDefinition<BreakerSnapshot> transitionsTo(CircuitState state) {
        return new MeterDefinition<>(
                true,
                "circuit.breaker.transitions",
                "Transitions to each state from another",
                Tags.of("to", state.name().toLowerCase(Locale.ROOT)),
                of -> of.transitionsTo().get(state));
    }

    private static <S extends TunableSnapshot<?>> MeterDefinition<S> gauge(
            String name, String description, ToLongFunction<S> read) {
        return new MeterDefinition<>(false, name, description, Tags.empty(), read);
    }

    private static <S extends TunableSnapshot<?>> MeterDefinition<S> counter(
            String name, String description, ToLongFunction<S> read) {
        return new MeterDefinition<>(true, name, description, Tags.empty(), read);
    }

    private static <S extends TunableSnapshot<?>> MeterDefinition<S> result(
            String name, String description, String result, ToLongFunction<S> read) {
        return new MeterDefinition<>(true, name, description, Tags.of("result", result), read);
    }

    /** The meter of {@code bound}, which is of something of the right kind. */
    Meter register(TunableMeters bound, MeterRegistry registry) {
        Tags all = tags.and(SERVICE, bound.name());
        return counts
                ? FunctionCounter.builder(name, bound, this::value)
                        .description(description)
                        .tags(all)
                        .register(registry)
                : Gauge.builder(name, bound, this::value)
                        .strongReference(true)
                        .description(description)
                        .tags(all)
                        .register(registry);
    }

    @SuppressWarnings("unchecked") // the tables above are by kind
    private double value(TunableMeters bound) {
        return read.applyAsLong((S) bound.snapshot());
    }
}
