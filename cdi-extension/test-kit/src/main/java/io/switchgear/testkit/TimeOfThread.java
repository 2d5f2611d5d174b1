// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import io.switchgear.time.Time;
import java.util.Optional;

/** The clock of the test that a thread runs. Internal: public for the service loader. */
public final class TimeOfThread implements Time.Source {
    private static final ThreadLocal<VirtualClock> CLOCK = new ThreadLocal<>();

    /** Returns the clock of this thread; {@code null} if it runs no test with one. */
    static VirtualClock get() {
        return CLOCK.get();
    }

    /** Sets the clock of this thread; {@code null} for none. */
    static void set(VirtualClock clock) {
        if (clock == null) {
            CLOCK.remove();
        } else {
            CLOCK.set(clock);
        }
    }

    @Override
    public Optional<Time> find() {
        return Optional.ofNullable(get()).map(VirtualClock::time);
    }
}
