// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A summary of all transitions of a breaker so far.
 *
 * @param opened transitions that opened it by its own decision
 * @param trips those of them that opened it from closed
 * @param observedOpened transitions that would have opened it while it observed
 * @param reopened transitions that opened it again since it was last closed
 * @param atClosing the calls that had ended when it last closed
 * @param lastTrip why it last opened from closed by its own decision; {@code null} if it never did
 * @param notClosedSince when it last left CLOSED; {@code null} while it is closed
 * @param to transitions to each state from another one
 */
record TransitionSummary(
        long opened,
        long trips,
        long observedOpened,
        int reopened,
        BreakerTotals.Ended atClosing,
        String lastTrip,
        Instant notClosedSince,
        Map<CircuitState, Long> to) {
    static final TransitionSummary NONE = new TransitionSummary(
            0,
            0,
            0,
            0,
            BreakerTotals.Ended.NONE,
            null,
            null,
            Map.of(CircuitState.CLOSED, 0L, CircuitState.HALF_OPEN, 0L, CircuitState.OPEN, 0L));

    /** Returns this after the breaker closed, with the openings in a row reset to 0. */
    TransitionSummary closed(BreakerTotals.Ended ended) {
        // most breakers never leave CLOSED: they share one summary
        return reopened == 0 && ended.equals(atClosing)
                ? this
                : new TransitionSummary(opened, trips, observedOpened, 0, ended, lastTrip, notClosedSince, to);
    }

    /** Returns this after the breaker opened from closed by its own decision. */
    TransitionSummary tripped(boolean observing, String why) {
        return opened(observing, observing ? 0 : 1, 0, why);
    }

    /** Returns this after a trial opened the breaker again. The reason of the first opening stays. */
    TransitionSummary reopened(boolean observing) {
        return opened(observing, 0, reopened + 1, lastTrip);
    }

    private TransitionSummary opened(boolean observing, int tripped, int newReopened, String why) {
        int observed = observing ? 1 : 0;
        return new TransitionSummary(
                opened + 1 - observed,
                trips + tripped,
                observedOpened + observed,
                newReopened,
                atClosing,
                why,
                notClosedSince,
                to);
    }

    /** Returns this after {@code transition}. */
    TransitionSummary and(CircuitTransition transition) {
        if (transition.to() == transition.from()) {
            return this;
        }
        Instant left = transition.from() == CircuitState.CLOSED ? transition.at() : notClosedSince;
        return new TransitionSummary(
                opened,
                trips,
                observedOpened,
                reopened,
                atClosing,
                lastTrip,
                transition.to() == CircuitState.CLOSED ? null : left,
                to.keySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                state -> state, state -> to.get(state) + (state == transition.to() ? 1 : 0))));
    }
}
