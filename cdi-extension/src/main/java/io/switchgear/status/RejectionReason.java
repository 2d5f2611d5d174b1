package io.switchgear.status;

import io.switchgear.settings.BreakerSettings;
import java.util.Locale;

/**
 * Why a breaker did not admit a call.
 *
 * @since 0.1
 */
public enum RejectionReason {
    /** It was {@link CircuitState#OPEN} by its own judgement. */
    OPEN,

    /** Somebody had forced it open. */
    FORCED_OPEN,

    /** It was {@link CircuitState#HALF_OPEN} and {@link BreakerSettings#halfOpenMaxCalls} trials were in flight. */
    TRIALS_TAKEN,

    /** As many calls as {@link BreakerSettings#maxConcurrentCalls} allows were in flight. */
    TOO_MANY_CALLS;

    /** The reason of a breaker in this state and mode for a rejection. */
    public static RejectionReason of(CircuitState state, BreakerMode mode) {
        return switch (state) {
            case OPEN -> mode == BreakerMode.FORCED_OPEN ? FORCED_OPEN : OPEN;
            case HALF_OPEN -> TRIALS_TAKEN;
            case CLOSED -> TOO_MANY_CALLS;
        };
    }

    /** As a label of metrics: {@code too_many_calls}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
