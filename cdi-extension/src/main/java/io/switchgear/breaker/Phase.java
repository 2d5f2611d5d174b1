package io.switchgear.breaker;

import io.switchgear.status.CircuitState;

/** What is in force at a moment. Replaced whole by compare-and-set. */
sealed interface Phase permits Closed, Open, HalfOpen {
    PhaseContext terms();

    CircuitState state();

    /** The same period under terms with other settings: permits given out by this one stay good. */
    Phase tuned(PhaseContext terms, Circuit circuit);

    /** The same period under other terms but the same settings: permits given out by this one stay good. */
    Phase under(PhaseContext terms);
}
