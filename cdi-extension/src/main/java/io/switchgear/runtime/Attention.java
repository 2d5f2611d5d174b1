package io.switchgear.runtime;

import io.switchgear.BreakerAttention;
import io.switchgear.BreakerAttention.Cause;
import io.switchgear.CircuitTransition;
import io.switchgear.Mode;
import io.switchgear.Snapshot;
import io.switchgear.State;
import io.switchgear.StatusReport;
import io.switchgear.config.AttentionLimits;
import io.switchgear.message.InTurn;
import io.switchgear.message.Listeners;
import io.switchgear.message.Message;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Knows which breakers need a person. There is no timer: it looks whenever somebody asks, and tells what has changed
 * since it looked before.
 */
final class Attention {
    private record Need(String name, Cause cause) {}

    private final AttentionLimits limits;
    private final Map<Need, BreakerAttention> present = new LinkedHashMap<>();
    // the last times that each breaker left or reached CLOSED, no more of them than make it flap
    private final Map<String, Deque<Instant>> turns = new HashMap<>();
    private final Listeners<BreakerAttention> listeners = new Listeners<>(BreakerAttention::name);
    private final InTurn<BreakerAttention> news = new InTurn<>(listeners);

    Attention(AttentionLimits limits) {
        this.limits = limits;
        listeners.add(told -> (told.over() ? Message.ATTENTION_OVER : Message.ATTENTION).log(told.name(), told.why()));
    }

    Listeners<BreakerAttention> listeners() {
        return listeners;
    }

    /** Notes whether a breaker flaps. */
    void heard(CircuitTransition told) {
        if (told.from() != told.to() && (told.from() == State.CLOSED || told.to() == State.CLOSED)) {
            synchronized (news) {
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
    StatusReport report(Supplier<List<Snapshot>> all, InstantSource clock) {
        StatusReport report;
        synchronized (news) {
            List<Snapshot> breakers = all.get();
            Instant now = clock.instant();
            Map<String, Snapshot> byName =
                    breakers.stream().collect(Collectors.toMap(Snapshot::name, breaker -> breaker));
            for (BreakerAttention known : List.copyOf(present.values())) {
                Snapshot breaker = byName.get(known.name());
                String why = breaker == null ? "it is gone" : allClear(known, breaker, now);
                if (!why.isEmpty()) {
                    present.remove(new Need(known.name(), known.cause()));
                    news.add(new BreakerAttention(known.name(), known.cause(), true, known.since(), now, why));
                }
            }
            breakers.forEach(breaker -> look(breaker, now));
            report = StatusReport.of(breakers, List.copyOf(present.values()), now);
        }
        news.tell();
        return report;
    }

    private void look(Snapshot breaker, Instant now) {
        for (Cause cause : Cause.values()) {
            Need need = new Need(breaker.name(), cause);
            if (!present.containsKey(need)) {
                need(breaker, cause, now).ifPresent(found -> {
                    present.put(need, found);
                    news.add(found);
                });
            }
        }
    }

    private Optional<BreakerAttention> need(Snapshot breaker, Cause cause, Instant now) {
        return switch (cause) {
            case OPEN ->
                breaker.state() == State.OPEN
                                && breaker.mode() != Mode.FORCED_OPEN
                                && isLong(breaker.notClosedSince(), limits.open(), now)
                        ? Optional.of(attention(
                                breaker,
                                cause,
                                breaker.notClosedSince(),
                                now,
                                "it has not been closed"
                                        + " for " + span(breaker.notClosedSince(), now)
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
                                "it has been "
                                        + breaker.mode() + " for " + span(breaker.since(), now) + ", without an end"
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
                                "it has opened or closed " + times.size() + " times within "
                                        + span(times.getFirst(), now)))
                        : Optional.empty();
            }
        };
    }

    /** Why it needs nobody any more; empty if it still does. */
    private String allClear(BreakerAttention known, Snapshot breaker, Instant now) {
        return switch (known.cause()) {
            case OPEN -> breaker.state() == State.CLOSED ? "it is closed again" : "";
            case FORCED -> !isForced(breaker) ? "it is no longer forced" : "";
            case FLAPPING ->
                !flaps(turns.getOrDefault(breaker.name(), new ArrayDeque<>()), now)
                        ? "it has not opened and closed so often lately"
                        : "";
        };
    }

    private static BreakerAttention attention(Snapshot breaker, Cause cause, Instant since, Instant now, String why) {
        return new BreakerAttention(breaker.name(), cause, false, since, now, why);
    }

    private static boolean isForced(Snapshot breaker) {
        return breaker.mode() == Mode.FORCED_OPEN || breaker.mode() == Mode.FORCED_CLOSED;
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
        return span.toMinutes() < 2 ? span.toSeconds() + " s" : span.toMinutes() + " min";
    }
}
