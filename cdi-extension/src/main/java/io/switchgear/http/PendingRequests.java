// SPDX-License-Identifier: Apache-2.0
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
 * The pending requests to one service. They are cancelled when its breaker opens: their responses will most likely not
 * come, and meanwhile each of them holds a caller and a connection.
 */
final class PendingRequests {
    private final Service service;
    private final Set<Attempt<?>> attempts = ConcurrentHashMap.newKeySet();
    private volatile Opening last;

    /** An opening that cancels the requests admitted before it. */
    private record Opening(CircuitTransition transition, BreakerSnapshot snapshot) {
        /**
         * Cancels those of {@code attempts} that were admitted before it. Intentional: trials that the breaker has
         * admitted since are spared, however late this is called. All are cancelled on one other thread: the present
         * one is running its own call, and a thread for each might be thousands. All connections are closed before the
         * first caller is notified.
         */
        void cancel(Collection<Attempt<?>> attempts) {
            List<Attempt<?>> before = attempts.stream()
                    .filter(attempt -> attempt.permit().admittedBefore(transition))
                    .toList();
            if (!before.isEmpty()) {
                before.get(0)
                        .transport()
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
        // the breaker may have opened after it admitted the attempt and before this set contained it
        Opening opening = last;
        if (opening != null) {
            opening.cancel(List.of(attempt));
        }
    }

    /** Ends the requests that a transport carries. */
    void end(Transport transport, Throwable why) {
        attempts.stream()
                .filter(attempt -> attempt.transport().equals(transport))
                .forEach(attempt -> attempt.abandon(why));
    }

    void remove(Attempt<?> attempt) {
        attempts.remove(attempt);
    }

    int size() {
        return attempts.size();
    }

    void onTransition(CircuitTransition transition) {
        boolean opens =
                rejects(transition.to(), transition.mode()) && !rejects(transition.from(), transition.fromMode());
        if (opens && service.inForce().cancelPendingWhenOpen()) {
            Opening opening = new Opening(transition, service.breaker().snapshot());
            last = opening;
            opening.cancel(attempts);
        }
    }

    private static boolean rejects(CircuitState state, BreakerMode mode) {
        return state == CircuitState.OPEN && mode != BreakerMode.OBSERVING;
    }
}
