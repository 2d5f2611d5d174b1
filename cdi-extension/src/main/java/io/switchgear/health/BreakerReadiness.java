// SPDX-License-Identifier: Apache-2.0
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
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/**
 * The readiness check {@code circuit-breakers}. It is DOWN while a critical breaker
 * ({@code switchgear.breaker."<name>".critical = true}) is OPEN and rejects its calls, whether it tripped or is forced
 * open; otherwise it is UP. HALF_OPEN is UP, and so is an open breaker whose time is over: an instance without calls
 * has no trials, so it would stay DOWN forever.
 *
 * <p>Its data contain the state of each breaker ({@code OPEN}), or the mode that overrides it ({@code FORCED_OPEN}), or
 * both if the breaker only observes ({@code OBSERVING OPEN}), or {@code OFF} if it is not enabled. Breakers that make
 * the check DOWN come first, and are also listed as {@code critical and open}; then come others that are not CLOSED.
 * With more than {@value #MAX_BREAKERS} breakers, {@code and more} is the number of those left out.
 */
public final class BreakerReadiness implements HealthCheck {
    private static final String NAME = "circuit-breakers";
    private static final String CRITICAL_AND_OPEN = "critical and open";
    private static final String LEFT_OUT = "and more";
    private static final int MAX_BREAKERS = 200;
    private static final int MAX_NAMED = 20;

    private final CircuitBreakers breakers;
    private final Predicate<String> critical;
    private final BooleanSupplier ended;
    // created in time, as the class loader of an application that has ended may load no more classes
    private final HealthCheckResponse afterTheEnd = new HealthCheckResponse(NAME, Status.UP, Optional.empty());

    // intentional: a container that scans this class can create no bean from it, so there are never two checks
    /**
     * Creates a check.
     *
     * @param critical returns whether the breaker with a name is critical
     * @param ended returns whether the application has ended; Payara still calls the check if its deployment failed
     */
    public BreakerReadiness(CircuitBreakers breakers, Predicate<String> critical, BooleanSupplier ended) {
        this.breakers = breakers;
        this.critical = critical;
        this.ended = ended;
    }

    @Override
    public HealthCheckResponse call() {
        return ended.getAsBoolean() ? afterTheEnd : present();
    }

    private HealthCheckResponse present() {
        List<BreakerSnapshot> all =
                breakers.all().stream().map(CircuitBreaker::snapshot).toList();
        Set<String> down = all.stream()
                .filter(this::isCriticalAndOpen)
                .map(BreakerSnapshot::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Object> data = new LinkedHashMap<>();
        if (!down.isEmpty()) {
            data.put(CRITICAL_AND_OPEN, named(down));
        }
        all.stream()
                .sorted(downFirst(down))
                .limit(MAX_BREAKERS)
                .forEach(breaker -> data.put(breaker.name(), text(breaker)));
        if (all.size() > MAX_BREAKERS) {
            data.put(LEFT_OUT, (long) all.size() - MAX_BREAKERS);
        }
        // intentional: no builder, which looks for an implementation in the context class loader of its caller
        return new HealthCheckResponse(NAME, down.isEmpty() ? Status.UP : Status.DOWN, Optional.of(data));
    }

    private boolean isCriticalAndOpen(BreakerSnapshot breaker) {
        return breaker.state() == CircuitState.OPEN
                && breaker.mode() != BreakerMode.OBSERVING
                && critical.test(breaker.name());
    }

    private static Comparator<BreakerSnapshot> downFirst(Set<String> down) {
        return Comparator.comparing((BreakerSnapshot breaker) -> !down.contains(breaker.name()))
                .thenComparing(BreakerSnapshot::state, Comparator.reverseOrder())
                .thenComparing(breaker -> breaker.settings().enabled() && breaker.mode() == BreakerMode.AUTOMATIC)
                .thenComparing(BreakerSnapshot::name);
    }

    private static String named(Set<String> names) {
        return names.stream().limit(MAX_NAMED).collect(Collectors.joining(", "))
                + (names.size() > MAX_NAMED ? " and " + (names.size() - MAX_NAMED) + " more" : "");
    }

    private static String text(BreakerSnapshot breaker) {
        if (!breaker.settings().enabled()) {
            return "OFF";
        }
        return switch (breaker.mode()) {
            case AUTOMATIC -> breaker.state().name();
            case FORCED_OPEN, FORCED_CLOSED -> breaker.mode().name();
            case OBSERVING -> breaker.mode() + " " + breaker.state();
        };
    }
}
