package io.switchgear.http;

import io.switchgear.CircuitTransition;
import io.switchgear.Mode;
import io.switchgear.Snapshot;
import io.switchgear.State;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests to one service that are on their way. When its breaker opens they are cancelled: what they wait for will
 * most likely not come, and meanwhile each of them holds a caller and a connection.
 */
final class Pending {
    private final Service service;
    private final Set<Attempt<?>> attempts = ConcurrentHashMap.newKeySet();
    private volatile Opening last;

    /** An opening that ends what was admitted before it. */
    private record Opening(CircuitTransition transition, Snapshot snapshot) {
        /** Intentional: trials that the same breaker let through since are spared, however late this is heard. */
        void end(Attempt<?> attempt) {
            if (attempt.permit().admittedBefore(transition)) {
                attempt.cancel(request -> new PendingCancelledException(request, transition, snapshot));
            }
        }
    }

    Pending(Service service) {
        this.service = service;
    }

    void add(Attempt<?> attempt) {
        attempts.add(attempt);
        // the breaker may have opened after it admitted the call and before this set knew of it
        Opening opening = last;
        if (opening != null) {
            opening.end(attempt);
        }
    }

    /** Ends what goes over this wire. */
    void end(Wire wire, Throwable why) {
        attempts.stream().filter(attempt -> attempt.wire().equals(wire)).forEach(attempt -> attempt.abandon(why));
    }

    void remove(Attempt<?> attempt) {
        attempts.remove(attempt);
    }

    int size() {
        return attempts.size();
    }

    void heard(CircuitTransition transition) {
        boolean opens =
                rejects(transition.to(), transition.mode()) && !rejects(transition.from(), transition.fromMode());
        if (opens && service.settings().cancelPendingWhenOpen()) {
            Opening opening = new Opening(transition, service.breaker().snapshot());
            last = opening;
            attempts.forEach(opening::end);
        }
    }

    private static boolean rejects(State state, Mode mode) {
        return state == State.OPEN && mode != Mode.OBSERVING;
    }
}
