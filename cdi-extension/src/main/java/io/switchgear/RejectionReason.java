package io.switchgear;

import java.util.Locale;

/**
 * Why a breaker did not admit a call.
 *
 * @since 0.1
 */
public enum RejectionReason {
    /** It was {@link State#OPEN} by its own judgement. */
    OPEN,

    /** Somebody had forced it open. */
    FORCED_OPEN,

    /** It was {@link State#HALF_OPEN} and {@link Settings#halfOpenMaxCalls} trials were in flight. */
    TRIALS_TAKEN,

    /** As many calls as {@link Settings#maxConcurrentCalls} allows were in flight. */
    TOO_MANY_CALLS;

    static RejectionReason of(State state, Mode mode) {
        return switch (state) {
            case OPEN -> mode == Mode.FORCED_OPEN ? FORCED_OPEN : OPEN;
            case HALF_OPEN -> TRIALS_TAKEN;
            case CLOSED -> TOO_MANY_CALLS;
        };
    }

    /** As a label of metrics: {@code too_many_calls}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
