package io.switchgear.breaker;

import io.switchgear.status.BreakerMode;
import java.time.Instant;
import java.util.Objects;

/**
 * The operator's mode, its reason and its end.
 *
 * @param reason may be empty
 * @param until when the mode ends by itself, for display; {@code null} if it does not
 * @param untilNanos the same by the ticker
 */
record ModeOverride(BreakerMode mode, String reason, Instant until, long untilNanos) {
    static final ModeOverride AUTOMATIC = new ModeOverride(BreakerMode.AUTOMATIC, "", null, 0);

    ModeOverride {
        Objects.requireNonNull(mode, "mode");
    }

    /** Returns whether its end has come. */
    boolean isOver(long now) {
        return until != null && now - untilNanos >= 0;
    }

    /** Returns what is in force at a time: this, or the automatic mode after its end. */
    ModeOverride at(long now) {
        return isOver(now) ? AUTOMATIC : this;
    }

    boolean isForced() {
        return mode == BreakerMode.FORCED_OPEN || mode == BreakerMode.FORCED_CLOSED;
    }
}
