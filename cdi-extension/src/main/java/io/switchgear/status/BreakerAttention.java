package io.switchgear.status;

import io.switchgear.CircuitBreakers;
import java.time.Instant;

/**
 * A breaker needs a person, or needs one no more. Told once when it begins and once when it is over, as a CDI event and
 * in the log; looked for by {@link CircuitBreakers#report}, which the ejb-module asks for every minute.
 *
 * @param name the breaker's name
 * @param cause why it needs one
 * @param over whether it needs one no more: the all-clear
 * @param since since when it has been so, by the wall clock
 * @param at when it was noticed that it is so, or is so no more, by the wall clock
 * @param why in a sentence, as {@code it has not been closed for 12 min; 5 consecutive failures (threshold 5)}
 * @since 0.1
 */
public record BreakerAttention(String name, Cause cause, boolean over, Instant since, Instant at, String why) {
    /** Why a breaker needs a person. */
    public enum Cause {
        /** It is open by its own judgement and has not been closed for long. Over when it is closed. */
        OPEN,

        /**
         * It opens and closes again and again: left or reached CLOSED too often in a while. Trials that fail do not
         * count.
         */
        FLAPPING,

        /** Somebody forced it open or closed long ago, and without an end. Over when it is not. */
        FORCED
    }
}
