// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.status.BreakerMode;
import java.time.Instant;
import java.util.Objects;

/**
 * The mode that an operator has set, its reason and its end.
 *
 * @param reason may be empty
 * @param until when the mode ends by itself, for display; {@code null} if it does not
 * @param untilNanos the same instant by the ticker
 */
record ModeOverride(BreakerMode mode, String reason, Instant until, long untilNanos) {
    static final ModeOverride AUTOMATIC = new ModeOverride(BreakerMode.AUTOMATIC, "", null, 0);

    ModeOverride {
        Objects.requireNonNull(mode, "mode");
    }

    /** Returns whether its end has passed. */
    boolean isOver(long now) {
        return until != null && now - untilNanos >= 0;
    }

    /** Returns the override in force at {@code now}: this one, or the automatic mode after its end. */
    ModeOverride at(long now) {
        return isOver(now) ? AUTOMATIC : this;
    }

    boolean isForced() {
        return mode == BreakerMode.FORCED_OPEN || mode == BreakerMode.FORCED_CLOSED;
    }
}
