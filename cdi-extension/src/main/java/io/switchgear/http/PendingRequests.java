package io.switchgear.http;

import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests to one service that are on their way. When its breaker opens they are cancelled: what they wait for will
 * most likely not come, and meanwhile each of them holds a caller and a connection.
 */
final class PendingRequests {
    private final Service service;
    private final Set<Attempt<?>> attempts = ConcurrentHashMap.newKeySet();
    private volatile Opening last;

    /** An opening that ends what was admitted before it. */
    private record Opening(CircuitTransition transition, BreakerSnapshot snapshot) {
        /**
         * Intentional: trials that the same breaker let through since are spared, however late this is heard. All end
         * on one other thread, since this one is on its way with a call of its own, and one each would be thousands;
         * all connections are closed before the first caller hears of it.
         */
        void end(Collection<Attempt<?>> attempts) {
            List<Attempt<?>> before = attempts.stream()
                    .filter(attempt -> attempt.permit().admittedBefore(transition))
                    .toList();
            if (!before.isEmpty()) {
                before.get(0)
                        .wire()
                        .run(() -> before.stream()
                                .map(attempt -> attempt.cancel(this::why))
                                .toList()
                                .forEach(Runnable::run));
            }
        }

        private PendingCancelledException why(String request) {
            return new PendingCancelledException(request, transition, snapshot);
        }
    }

    PendingRequests(Service service) {
        this.service = service;
    }

    void add(Attempt<?> attempt) {
        attempts.add(attempt);
        // the breaker may have opened after it admitted the call and before this set knew of it
        Opening opening = last;
        if (opening != null) {
            opening.end(List.of(attempt));
        }
    }

    /** Ends what goes over this wire. */
    void end(Transport wire, Throwable why) {
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
        if (opens && service.inForce().cancelPendingWhenOpen()) {
            Opening opening = new Opening(transition, service.breaker().snapshot());
            last = opening;
            opening.end(attempts);
        }
    }

    private static boolean rejects(CircuitState state, BreakerMode mode) {
        return state == CircuitState.OPEN && mode != BreakerMode.OBSERVING;
    }
}
