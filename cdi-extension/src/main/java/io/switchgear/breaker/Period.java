package io.switchgear.breaker;

import io.switchgear.State;

/** What is in force at a moment. Replaced whole by compare-and-set. */
sealed interface Period permits Closed, Open, HalfOpen {
    Terms terms();

    State state();

    /** The same period under terms with other settings: permits given out by this one stay good. */
    Period tuned(Terms terms, Circuit circuit);

    /** The same period under other terms but the same settings: permits given out by this one stay good. */
    Period under(Terms terms);
}
