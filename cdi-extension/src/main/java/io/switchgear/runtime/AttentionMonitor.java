// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.config.AttentionLimits;
import io.switchgear.event.EventQueue;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import io.switchgear.settings.TunableSnapshot;
import io.switchgear.status.BreakerAttention;
import io.switchgear.status.BreakerAttention.Cause;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.RetrySnapshot;
import io.switchgear.status.StatusReport;
import io.switchgear.store.SavedSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Detects breakers that need attention, whenever a report is requested, and notifies listeners of the changes since the
 * previous report. It has no timer.
 */
final class AttentionMonitor {
    private static final Duration MIN_HANGING = Duration.ofSeconds(30);
    private static final Set<Cause> OF_BREAKERS = EnumSet.complementOf(EnumSet.of(Cause.RETRY_BUDGET));

    // longer than the time between reports, or the case would end and begin again with each of them
    private static final Duration REFUSALS_LAST = Duration.ofMinutes(1);

    /**
     * The refusals by the budget of a retry.
     *
     * @param base their number when the present case began
     * @param total their number at the previous report
     * @param seen when a report last found more of them; {@code null} if none did
     */
    private record Refusals(long base, long total, Instant seen) {
        static final Refusals NONE = new Refusals(0, 0, null);
    }

    private record Need(String name, Cause cause) {}

    private final AttentionLimits limits;
    private final Predicate<String> exists;
    private final Map<Need, BreakerAttention> present = new LinkedHashMap<>();
    // the latest times at which each breaker left or reached CLOSED, as many as it takes to detect flapping
    private final Map<String, Deque<Instant>> turns = new HashMap<>();
    private final ChanceTrips chanceTrips = new ChanceTrips();
    private final Map<String, Refusals> refusals = new HashMap<>();
    private final EventQueue<BreakerAttention> events = new EventQueue<>(BreakerAttention::name);

    /** @param exists returns whether a breaker has a name */
    AttentionMonitor(AttentionLimits limits, Predicate<String> exists) {
        this.limits = limits;
        this.exists = exists;
        events.add(event -> (event.over() ? Message.ATTENTION_OVER : Message.ATTENTION).log(event.name(), event.why()));
    }

    /** Adds a listener. Returns a handle that removes it. */
    Runnable add(Consumer<? super BreakerAttention> listener) {
        return events.add(listener);
    }

    /** Records the transitions after which a breaker may need attention. */
    void transitioned(CircuitTransition transition) {
        boolean turned = transition.from() != transition.to()
                && (transition.from() == CircuitState.CLOSED || transition.to() == CircuitState.CLOSED);
        // transitions by operators are not flapping
        if (!turned || !transition.by().isEmpty()) {
            return;
        }
        synchronized (events) {
            // a removed breaker keeps working while it has calls in flight
            if (exists.test(transition.name())) {
                Deque<Instant> times = turns.computeIfAbsent(transition.name(), none -> new ArrayDeque<>());
                times.add(transition.at());
                while (times.size() > limits.flappingTransitions() + 1) {
                    times.remove();
                }
                chanceTrips.add(transition);
            }
        }
    }

    /** Forgets the transitions of a breaker that was removed. */
    void forget(String name) {
        synchronized (events) {
            turns.remove(name);
            chanceTrips.forget(name);
        }
    }

    /**
     * Checks all breakers and retries, notifies listeners of changes, and returns the report.
     *
     * @param all returns the snapshots of all breakers; it is asked under a lock, so it must call no listener
     */
    StatusReport report(
            Supplier<List<BreakerSnapshot>> all, Supplier<List<RetrySnapshot>> allRetries, InstantSource clock) {
        StatusReport report;
        synchronized (events) {
            List<BreakerSnapshot> breakers = all.get();
            Instant now = clock.instant();
            List<RetrySnapshot> retries = allRetries.get();
            Set<String> breakerNames = names(breakers);
            Set<String> retryNames = names(retries);
            present.values().stream()
                    .filter(known ->
                            !(known.cause() == Cause.RETRY_BUDGET ? retryNames : breakerNames).contains(known.name()))
                    .toList()
                    .forEach(known -> over(known, now, "it was removed"));
            breakers.forEach(breaker -> update(breaker, now));
            refusals.keySet().retainAll(retryNames);
            String clear = allClear(Cause.RETRY_BUDGET);
            retries.forEach(retry -> update(retry.name(), Cause.RETRY_BUDGET, budget(retry, now), false, clear, now));
            report = StatusReport.of(breakers, List.copyOf(present.values()), now);
        }
        events.deliver();
        return report;
    }

    private static Set<String> names(List<? extends TunableSnapshot<?>> snapshots) {
        return snapshots.stream().map(TunableSnapshot::name).collect(Collectors.toSet());
    }

    private void update(BreakerSnapshot breaker, Instant now) {
        boolean enabled = breaker.settings().enabled();
        for (Cause cause : OF_BREAKERS) {
            String clear = enabled || cause == Cause.OFF ? allClear(cause) : "it is off";
            update(breaker.name(), cause, need(breaker, cause, now), lasts(cause, breaker), clear, now);
        }
    }

    /**
     * @param lasts whether a need that was reported before is not over, although none was found now
     * @param clear why it is over, if it is
     */
    private void update(
            String name, Cause cause, Optional<BreakerAttention> found, boolean lasts, String clear, Instant now) {
        Need need = new Need(name, cause);
        BreakerAttention known = present.get(need);
        if (found.isPresent() && known == null) {
            present.put(need, found.get());
            events.enqueue(found.get());
        } else if (found.isPresent()) {
            // with the current values, but the time of its detection
            BreakerAttention still = found.get();
            present.put(need, new BreakerAttention(name, cause, false, still.since(), known.at(), still.why()));
        } else if (known != null && !lasts) {
            over(known, now, clear);
        }
    }

    /** Returns whether a reported need is not over, although it would not be reported now. */
    private static boolean lasts(Cause cause, BreakerSnapshot breaker) {
        return cause == Cause.OPEN && breaker.state() == CircuitState.HALF_OPEN && decides(breaker);
    }

    private void over(BreakerAttention known, Instant now, String why) {
        present.remove(new Need(known.name(), known.cause()));
        events.enqueue(new BreakerAttention(known.name(), known.cause(), true, known.since(), now, why));
    }

    private Optional<BreakerAttention> need(BreakerSnapshot breaker, Cause cause, Instant now) {
        if (!breaker.settings().enabled()) {
            return cause == Cause.OFF ? off(breaker, now) : Optional.empty();
        }
        return switch (cause) {
            case OPEN -> open(breaker, now);
            case FORCED -> forced(breaker, now);
            case FLAPPING -> flapping(breaker, now);
            case PARTIAL_FAILURE -> partialFailure(breaker, now);
            case HANGING -> hanging(breaker, now);
            case OFF, RETRY_BUDGET -> Optional.empty();
        };
    }

    private static Optional<BreakerAttention> hanging(BreakerSnapshot breaker, Instant now) {
        Duration oldest = Duration.ofMillis(breaker.oldestCallMillis());
        int calls = breaker.overdueCalls();
        if (calls == 0 || oldest.compareTo(MIN_HANGING) < 0) {
            return Optional.empty();
        }
        Instant since = now.minus(oldest);
        String why = (calls == 1 ? "1 call has" : calls + " calls have") + " been running for more than "
                + breaker.settings().slowCallMillis() + " ms, the oldest for " + span(since, now);
        return attention(breaker, Cause.HANGING, since, now, why);
    }

    private Optional<BreakerAttention> budget(RetrySnapshot retry, Instant now) {
        BreakerAttention known = present.get(new Need(retry.name(), Cause.RETRY_BUDGET));
        Refusals before = refusals.getOrDefault(retry.name(), Refusals.NONE);
        long total = retry.refusedByBudget();
        Refusals after = new Refusals(
                known == null ? before.total() : before.base(), total, total > before.total() ? now : before.seen());
        refusals.put(retry.name(), after);
        if (after.seen() == null || isLong(after.seen(), REFUSALS_LAST, now)) {
            return Optional.empty();
        }
        long refused = total - after.base();
        String why = "its budget has refused " + (refused == 1 ? "a retry" : refused + " retries")
                + "; BudgetPercent is " + retry.settings().budgetPercent() + ", MinRetriesPerSecond is "
                + retry.settings().minRetriesPerSecond();
        Instant since = known == null ? now : known.since();
        return Optional.of(new BreakerAttention(retry.name(), Cause.RETRY_BUDGET, false, since, now, why));
    }

    private Optional<BreakerAttention> open(BreakerSnapshot breaker, Instant now) {
        Instant since = breaker.notClosedSince();
        boolean inPart =
                breaker.state() == CircuitState.HALF_OPEN && breaker.settings().tripOn() == TripOn.ADAPTIVE;
        boolean open = breaker.state() == CircuitState.OPEN || inPart;
        if (!open || !decides(breaker) || !isLong(since, limits.open(), now)) {
            return Optional.empty();
        }
        String reason = breaker.lastTrip() == null ? "" : "; it opened because of " + breaker.lastTrip();
        String admission = inPart ? "; it " + breaker.admission() : "";
        return attention(
                breaker, Cause.OPEN, since, now, "it has not been closed for " + span(since, now) + reason + admission);
    }

    private Optional<BreakerAttention> forced(BreakerSnapshot breaker, Instant now) {
        Instant since = breaker.stateSince();
        boolean forced = breaker.mode() == BreakerMode.FORCED_OPEN || breaker.mode() == BreakerMode.FORCED_CLOSED;
        if (!forced || breaker.modeUntil() != null || !isLong(since, limits.forced(), now)) {
            return Optional.empty();
        }
        String reason = breaker.modeReason().isEmpty() ? "" : ": " + breaker.modeReason();
        String why = "it has been " + breaker.mode() + " for " + span(since, now) + ", without an end" + reason;
        return attention(breaker, Cause.FORCED, since, now, why);
    }

    /** Finds a breaker that was switched off at run time: one that is off by code or configuration is meant to be. */
    private Optional<BreakerAttention> off(BreakerSnapshot breaker, Instant now) {
        Instant since = breaker.stateSince();
        String by = breaker.changedBy().get(Setting.ENABLED);
        if (by == null || !isLong(since, limits.forced(), now)) {
            return Optional.empty();
        }
        return attention(
                breaker,
                Cause.OFF,
                since,
                now,
                "it has been off for " + span(since, now) + ", "
                        + (SavedSettings.isSaved(by) ? by : "switched off by " + by));
    }

    private Optional<BreakerAttention> flapping(BreakerSnapshot breaker, Instant now) {
        Deque<Instant> times = turns.getOrDefault(breaker.name(), new ArrayDeque<>());
        if (!flaps(times, now)) {
            return Optional.empty();
        }
        Instant since = times.getFirst();
        String why = "it has opened or closed more than " + Text.count(limits.flappingTransitions(), "time")
                + " within " + span(since, now);
        return attention(breaker, Cause.FLAPPING, since, now, why);
    }

    private boolean flaps(Deque<Instant> times, Instant now) {
        return limits.flappingTransitions() > 0
                && times.size() > limits.flappingTransitions()
                && Duration.between(times.getFirst(), now).compareTo(limits.flapping()) <= 0;
    }

    private Optional<BreakerAttention> partialFailure(BreakerSnapshot breaker, Instant now) {
        List<CircuitTransition> openings = chanceTrips.many(breaker, now);
        if (openings.isEmpty() || !decides(breaker)) {
            return Optional.empty();
        }
        Instant since = openings.get(0).at();
        return attention(
                breaker,
                Cause.PARTIAL_FAILURE,
                since,
                now,
                ChanceTrips.why(breaker.name(), openings, span(since, now)));
    }

    private static String allClear(Cause cause) {
        return switch (cause) {
            case OPEN -> "it is closed again, or an operator has set its mode";
            case FORCED -> "it is no longer forced, or its mode has an end now";
            case OFF -> "it is on again";
            case FLAPPING -> "it has not opened or closed that often recently";
            case PARTIAL_FAILURE ->
                "its policy was changed, an operator has set its mode, or chance has opened it less often recently";
            case HANGING -> "no call has been running that long";
            case RETRY_BUDGET -> "its budget refused no further retry";
        };
    }

    /** Returns whether the breaker rejects calls by its own decision. */
    private static boolean decides(BreakerSnapshot breaker) {
        return breaker.mode() == BreakerMode.AUTOMATIC;
    }

    private static Optional<BreakerAttention> attention(
            BreakerSnapshot breaker, Cause cause, Instant since, Instant now, String why) {
        return Optional.of(new BreakerAttention(breaker.name(), cause, false, since, now, why));
    }

    private static boolean isLong(Instant since, Duration limit, Instant now) {
        return !limit.isZero() && since != null && Duration.between(since, now).compareTo(limit) > 0;
    }

    private static String span(Instant since, Instant now) {
        Duration span = Duration.between(since, now);
        return span.toMinutes() < 2 ? Math.max(1, span.toSeconds()) + " s" : span.toMinutes() + " min";
    }
}
