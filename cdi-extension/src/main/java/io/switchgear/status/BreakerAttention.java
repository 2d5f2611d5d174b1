// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import java.time.Instant;

/**
 * A breaker, or the retries of that name, need the attention of an operator, or need it no longer. Each case is
 * reported once when it begins and once when it is over, as a CDI event and in the log. Detected only while a
 * {@link StatusReport} is created; the ejb-module creates one every minute.
 *
 * @param name the name of the breaker, or of the retries
 * @param cause why it needs attention
 * @param over whether the case is over: the all-clear
 * @param since since when the cause has existed, by the wall clock
 * @param at when the report noticed that the cause exists, or is gone, by the wall clock
 * @param why the cause in a sentence, as {@code it has not been closed for 12 min; 5 consecutive failures (threshold
 *     5)}
 * @since 0.1
 */
public record BreakerAttention(String name, Cause cause, boolean over, Instant since, Instant at, String why) {
    /** Why a breaker needs attention. */
    public enum Cause {
        /** It opened by its own rule and has not been closed for long. Over when it closes. */
        OPEN,

        /** It keeps opening and closing: it left or reached CLOSED too often. Failed trials do not count. */
        FLAPPING,

        /**
         * It opened three times within an hour by {@code failureThreshold} failures in a row, although most calls
         * succeeded: so often that chance explains it. Another {@code tripOn} is the cure. Over when the policy was
         * changed, an operator has set a mode, or it has opened less often.
         */
        PARTIAL_FAILURE,

        /**
         * Calls in flight have been running for longer than {@code slowCallMillis}, at least one of them for 30
         * seconds. Over when none has.
         */
        HANGING,

        /**
         * The budget of the retries of this name refuses retries. Over when reports have found no further refusal for a
         * minute.
         */
        RETRY_BUDGET,

        /** An operator forced it open or closed long ago, without an end. Over when the mode is set back. */
        FORCED,

        /** An operator switched it off long ago. Over when it is on again. A breaker that is off has no other case. */
        OFF
    }
}
