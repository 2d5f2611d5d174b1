package io.switchgear;

import java.util.List;
import java.util.Optional;

/**
 * The breakers of an application. Inject it to read or steer them from code.
 *
 * @since 0.1
 */
public interface CircuitBreakers {
    /** All breakers, by name. */
    List<CircuitBreaker> all();

    /** The breaker of this name. */
    Optional<CircuitBreaker> find(String name);
}
