package io.switchgear.breaker;

import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of a breaker so far.
 *
 * @param opened how many transitions opened it by its own judgement
 * @param observedOpened how many would have, were it not merely observing
 * @param reopened how many opened it again since it was last closed
 * @param lastTrip why it last opened from closed by its own judgement, or {@code null}
 * @param notClosedSince when it last left CLOSED; {@code null} while it is closed
 * @param arrivals how many transitions led to each state from another one
 */
record TransitionSummary(
        long opened,
        long observedOpened,
        int reopened,
        String lastTrip,
        Instant notClosedSince,
        Map<CircuitState, Long> arrivals) {
    static final TransitionSummary NONE = new TransitionSummary(
            0, 0, 0, null, null, Map.of(CircuitState.CLOSED, 0L, CircuitState.HALF_OPEN, 0L, CircuitState.OPEN, 0L));

    /** With the openings in a row forgotten. */
    TransitionSummary closed() {
        return new TransitionSummary(opened, observedOpened, 0, lastTrip, notClosedSince, arrivals);
    }

    /** After the breaker opened by its own judgement from closed. */
    TransitionSummary tripped(boolean observing, String why) {
        return opened(observing, 0, why);
    }

    /** After a trial opened it again. Why it opened at first stays known. */
    TransitionSummary reopened(boolean observing) {
        return opened(observing, reopened + 1, lastTrip);
    }

    private TransitionSummary opened(boolean observing, int newReopened, String why) {
        int observed = observing ? 1 : 0;
        return new TransitionSummary(
                opened + 1 - observed, observedOpened + observed, newReopened, why, notClosedSince, arrivals);
    }

    /** With that of the transition which leads on from here. */
    TransitionSummary and(CircuitTransition transition) {
        if (transition.to() == transition.from()) {
            return this;
        }
        Instant left = transition.from() == CircuitState.CLOSED ? transition.at() : notClosedSince;
        return new TransitionSummary(
                opened,
                observedOpened,
                reopened,
                lastTrip,
                transition.to() == CircuitState.CLOSED ? null : left,
                arrivals.keySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                state -> state, state -> arrivals.get(state) + (state == transition.to() ? 1 : 0))));
    }
}
