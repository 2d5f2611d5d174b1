package io.switchgear.runtime;

import io.switchgear.config.AttentionLimits;
import io.switchgear.event.Listeners;
import io.switchgear.event.SerialDelivery;
import io.switchgear.message.Message;
import io.switchgear.status.BreakerAttention;
import io.switchgear.status.BreakerAttention.Cause;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Knows which breakers need a person. There is no timer: it looks whenever somebody asks, and tells what has changed
 * since it looked before.
 */
final class AttentionMonitor {
    private record Need(String name, Cause cause) {}

    private final AttentionLimits limits;
    private final Predicate<String> isThere;
    private final Map<Need, BreakerAttention> present = new LinkedHashMap<>();
    // the last times that each breaker left or reached CLOSED, no more of them than make it flap
    private final Map<String, Deque<Instant>> turns = new HashMap<>();
    private final Listeners<BreakerAttention> listeners = new Listeners<>(BreakerAttention::name);
    private final SerialDelivery<BreakerAttention> news = new SerialDelivery<>(listeners);

    /** @param isThere tells whether there is a breaker of a name */
    AttentionMonitor(AttentionLimits limits, Predicate<String> isThere) {
        this.limits = limits;
        this.isThere = isThere;
        listeners.add(told -> (told.over() ? Message.ATTENTION_OVER : Message.ATTENTION).log(told.name(), told.why()));
    }

    Listeners<BreakerAttention> listeners() {
        return listeners;
    }

    /** Notes whether a breaker flaps. */
    void heard(CircuitTransition told) {
        boolean turned =
                told.from() != told.to() && (told.from() == CircuitState.CLOSED || told.to() == CircuitState.CLOSED);
        // what people do with it is no flapping
        if (!turned || !told.by().isEmpty()) {
            return;
        }
        synchronized (news) {
            // a breaker goes on while there are calls under it, also when it was removed
            if (isThere.test(told.name())) {
                Deque<Instant> times = turns.computeIfAbsent(told.name(), none -> new ArrayDeque<>());
                times.add(told.at());
                while (times.size() > limits.flappingTransitions() + 1) {
                    times.remove();
                }
            }
        }
    }

    /** A breaker is there no more. */
    void forget(String name) {
        synchronized (news) {
            turns.remove(name);
        }
    }

    /** Looks at all breakers there are, tells what is new, and answers how all of them stand. */
    StatusReport report(Supplier<List<BreakerSnapshot>> all, InstantSource clock) {
        StatusReport report;
        synchronized (news) {
            List<BreakerSnapshot> breakers = all.get();
            Instant now = clock.instant();
            Map<String, BreakerSnapshot> byName =
                    breakers.stream().collect(Collectors.toMap(BreakerSnapshot::name, breaker -> breaker));
            present.values().stream()
                    .filter(known -> !byName.containsKey(known.name()))
                    .toList()
                    .forEach(known -> over(known, now, "it is gone"));
            breakers.forEach(breaker -> look(breaker, now));
            report = StatusReport.of(breakers, List.copyOf(present.values()), now);
        }
        news.tell();
        return report;
    }

    private void look(BreakerSnapshot breaker, Instant now) {
        for (Cause cause : Cause.values()) {
            Need need = new Need(breaker.name(), cause);
            BreakerAttention known = present.get(need);
            Optional<BreakerAttention> found = need(breaker, cause, now);
            if (found.isPresent() && known == null) {
                present.put(need, found.get());
                news.add(found.get());
            } else if (found.isPresent()) {
                // as it is by now, though it was noticed before
                BreakerAttention still = found.get();
                present.put(
                        need, new BreakerAttention(still.name(), cause, false, still.since(), known.at(), still.why()));
            } else if (known != null && !lasts(cause, breaker)) {
                over(known, now, allClear(cause));
            }
        }
    }

    /** Whether a need that was told before is not over yet, though by now it would not be told. */
    private static boolean lasts(Cause cause, BreakerSnapshot breaker) {
        return cause == Cause.OPEN && breaker.state() == CircuitState.HALF_OPEN && judges(breaker);
    }

    private void over(BreakerAttention known, Instant now, String why) {
        present.remove(new Need(known.name(), known.cause()));
        news.add(new BreakerAttention(known.name(), known.cause(), true, known.since(), now, why));
    }

    private Optional<BreakerAttention> need(BreakerSnapshot breaker, Cause cause, Instant now) {
        return switch (cause) {
            case OPEN ->
                breaker.state() == CircuitState.OPEN
                                && judges(breaker)
                                && isLong(breaker.notClosedSince(), limits.open(), now)
                        ? Optional.of(attention(
                                breaker,
                                cause,
                                breaker.notClosedSince(),
                                now,
                                "it has not been closed for " + span(breaker.notClosedSince(), now)
                                        + (breaker.lastTrip() == null
                                                ? ""
                                                : "; it opened because of " + breaker.lastTrip())))
                        : Optional.empty();
            case FORCED ->
                isForced(breaker) && breaker.modeUntil() == null && isLong(breaker.since(), limits.forced(), now)
                        ? Optional.of(attention(
                                breaker,
                                cause,
                                breaker.since(),
                                now,
                                "it has been " + breaker.mode() + " for " + span(breaker.since(), now)
                                        + ", without an end"
                                        + (breaker.modeReason().isEmpty() ? "" : ": " + breaker.modeReason())))
                        : Optional.empty();
            case FLAPPING -> {
                Deque<Instant> times = turns.getOrDefault(breaker.name(), new ArrayDeque<>());
                yield flaps(times, now)
                        ? Optional.of(attention(
                                breaker,
                                cause,
                                times.getFirst(),
                                now,
                                "it has opened or closed more than " + limits.flappingTransitions() + " times within "
                                        + span(times.getFirst(), now)))
                        : Optional.empty();
            }
        };
    }

    private static String allClear(Cause cause) {
        return switch (cause) {
            case OPEN -> "it is closed again, or in somebody's hands";
            case FORCED -> "it is no longer forced, or no longer without an end";
            case FLAPPING -> "it has not opened and closed so often lately";
        };
    }

    /** Whether it rejects calls by its own judgement. */
    private static boolean judges(BreakerSnapshot breaker) {
        return breaker.mode() == BreakerMode.AUTOMATIC;
    }

    private static BreakerAttention attention(
            BreakerSnapshot breaker, Cause cause, Instant since, Instant now, String why) {
        return new BreakerAttention(breaker.name(), cause, false, since, now, why);
    }

    private static boolean isForced(BreakerSnapshot breaker) {
        return breaker.mode() == BreakerMode.FORCED_OPEN || breaker.mode() == BreakerMode.FORCED_CLOSED;
    }

    private boolean flaps(Deque<Instant> times, Instant now) {
        return limits.flappingTransitions() > 0
                && times.size() > limits.flappingTransitions()
                && Duration.between(times.getFirst(), now).compareTo(limits.flapping()) <= 0;
    }

    private static boolean isLong(Instant since, Duration limit, Instant now) {
        return !limit.isZero() && since != null && Duration.between(since, now).compareTo(limit) > 0;
    }

    private static String span(Instant since, Instant now) {
        Duration span = Duration.between(since, now);
        return span.toMinutes() < 2 ? Math.max(1, span.toSeconds()) + " s" : span.toMinutes() + " min";
    }
}
