// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.util.Locale;

/**
 * The kinds of objects that have settings.
 *
 * @since 0.1
 */
public enum TunableKind {
    /** Circuit breakers, with {@link BreakerSettings}. */
    BREAKER("CircuitBreakers"),
    /** Retries, with {@link RetrySettings}. */
    RETRY("Retries"),
    /** Fallbacks, with {@link FallbackSettings}. */
    FALLBACK("Fallbacks"),
    /** Time limits, with {@link TimeLimitSettings}. */
    TIME_LIMIT("TimeLimits"),
    /** HTTP services, with {@link ServiceSettings}. */
    SERVICE("Services"),
    /** Bulkheads, with {@link BulkheadSettings}. */
    BULKHEAD("Bulkheads");

    private final String plural;

    TunableKind(String plural) {
        this.plural = plural;
    }

    /** Returns the word for one of this kind, as in configuration keys: {@code breaker}, {@code time-limit}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the word for one of this kind in a sentence: {@code breaker}, {@code time limit}. */
    public String noun() {
        return word().replace('-', ' ');
    }

    /** Returns the word for several, as in the names of MBeans: {@code CircuitBreakers}. */
    public String plural() {
        return plural;
    }

    /** Returns a name with its kind, as in {@code retry orders}; the name alone for breakers. */
    public String label(String name) {
        return this == BREAKER ? name : noun() + " " + name;
    }
}
