package io.switchgear.breaker;

import io.switchgear.Settings;
import io.switchgear.State;

/** What is in force at a moment. Replaced whole by compare-and-set. */
sealed interface Period permits Closed, Open, HalfOpen {
    Terms terms();

    State state();

    /** The same period under other settings: permits given out by this one stay good. */
    Period with(Settings settings, Circuit circuit);

    /** The same period under other terms but the same settings: permits given out by this one stay good. */
    Period under(Terms terms);
}
