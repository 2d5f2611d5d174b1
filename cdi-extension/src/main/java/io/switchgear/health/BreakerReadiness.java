package io.switchgear.health;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/**
 * The readiness check {@code circuit-breakers}. It is DOWN while a breaker is OPEN that is critical
 * ({@code switchgear.breaker."<name>".critical = true}) and rejects its calls, by its own judgement or forced; else UP.
 * HALF_OPEN is UP, and so is an open breaker whose time is up: an instance that gets no calls makes no trials, so it
 * would stay DOWN for good. Reading changes nothing.
 *
 * <p>Its data tell of each breaker the state ({@code OPEN}), or the mode that stands for it ({@code FORCED_OPEN}), or
 * both of one that only observes ({@code OBSERVING OPEN}). Those that make it DOWN come first and are named in
 * {@code critical and open} too, then come others that are not CLOSED; of more than {@value #MOST} breakers, {@code and
 * more} says how many are left out.
 */
public final class BreakerReadiness implements HealthCheck {
    private static final String NAME = "circuit-breakers";
    private static final String MISSED = "critical and open";
    private static final String LEFT_OUT = "and more";
    private static final int MOST = 200;
    private static final int MOST_NAMED = 20;

    private final CircuitBreakers breakers;
    private final Predicate<String> critical;

    // intentional: nothing that a container that scans this class could make a bean of, so there are never two
    /** @param critical returns whether the application cannot do without the breaker of a name */
    public BreakerReadiness(CircuitBreakers breakers, Predicate<String> critical) {
        this.breakers = breakers;
        this.critical = critical;
    }

    @Override
    public HealthCheckResponse call() {
        List<BreakerSnapshot> all =
                breakers.all().stream().map(CircuitBreaker::snapshot).toList();
        Set<String> missed = all.stream()
                .filter(this::isMissed)
                .map(BreakerSnapshot::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Object> data = new LinkedHashMap<>();
        if (!missed.isEmpty()) {
            data.put(MISSED, named(missed));
        }
        all.stream().sorted(attention(missed)).limit(MOST).forEach(breaker -> data.put(breaker.name(), text(breaker)));
        if (all.size() > MOST) {
            data.put(LEFT_OUT, (long) all.size() - MOST);
        }
        // intentional: no builder, which asks the context class loader of whoever calls for an implementation
        return new HealthCheckResponse(NAME, missed.isEmpty() ? Status.UP : Status.DOWN, Optional.of(data));
    }

    private boolean isMissed(BreakerSnapshot breaker) {
        return breaker.state() == CircuitState.OPEN
                && breaker.mode() != BreakerMode.OBSERVING
                && critical.test(breaker.name());
    }

    private static Comparator<BreakerSnapshot> attention(Set<String> missed) {
        return Comparator.comparing((BreakerSnapshot breaker) -> !missed.contains(breaker.name()))
                .thenComparing(BreakerSnapshot::state, Comparator.reverseOrder())
                .thenComparing(breaker -> breaker.mode() == BreakerMode.AUTOMATIC)
                .thenComparing(BreakerSnapshot::name);
    }

    private static String named(Set<String> names) {
        return names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "");
    }

    private static String text(BreakerSnapshot breaker) {
        return switch (breaker.mode()) {
            case AUTOMATIC -> breaker.state().name();
            case FORCED_OPEN, FORCED_CLOSED -> breaker.mode().name();
            case OBSERVING -> breaker.mode() + " " + breaker.state();
        };
    }
}
