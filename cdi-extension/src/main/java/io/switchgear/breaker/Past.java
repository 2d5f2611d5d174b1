package io.switchgear.breaker;

import io.switchgear.CircuitTransition;
import io.switchgear.State;
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
record Past(
        long opened,
        long observedOpened,
        int reopened,
        String lastTrip,
        Instant notClosedSince,
        Map<State, Long> arrivals) {
    static final Past NONE =
            new Past(0, 0, 0, null, null, Map.of(State.CLOSED, 0L, State.HALF_OPEN, 0L, State.OPEN, 0L));

    /** With the openings in a row forgotten. */
    Past closed() {
        return new Past(opened, observedOpened, 0, lastTrip, notClosedSince, arrivals);
    }

    /** After the breaker opened by its own judgement from closed. */
    Past tripped(boolean observing, String why) {
        return opened(observing, 0, why);
    }

    /** After a trial opened it again. Why it opened at first stays known. */
    Past reopened(boolean observing) {
        return opened(observing, reopened + 1, lastTrip);
    }

    private Past opened(boolean observing, int newReopened, String why) {
        int observed = observing ? 1 : 0;
        return new Past(opened + 1 - observed, observedOpened + observed, newReopened, why, notClosedSince, arrivals);
    }

    /** With that of the transition which leads on from here. */
    Past and(CircuitTransition transition) {
        if (transition.to() == transition.from()) {
            return this;
        }
        Instant left = transition.from() == State.CLOSED ? transition.at() : notClosedSince;
        return new Past(
                opened,
                observedOpened,
                reopened,
                lastTrip,
                transition.to() == State.CLOSED ? null : left,
                arrivals.keySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                state -> state, state -> arrivals.get(state) + (state == transition.to() ? 1 : 0))));
    }
}
