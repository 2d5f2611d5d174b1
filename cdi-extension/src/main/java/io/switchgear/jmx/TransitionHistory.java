// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.status.CircuitTransition;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last transitions of a breaker, newest first. */
final class TransitionHistory {
    private static final int MAX_TRANSITIONS = 50;

    private final Deque<CircuitTransition> transitions = new ArrayDeque<>();

    synchronized void add(CircuitTransition transition) {
        if (transitions.size() == MAX_TRANSITIONS) {
            transitions.removeLast();
        }
        transitions.addFirst(transition);
    }

    synchronized List<CircuitTransition> newestFirst() {
        return List.copyOf(transitions);
    }

    /** Returns the time, the change and the cause in one line. */
    static String line(CircuitTransition transition) {
        String change = transition.from() == transition.to()
                ? transition.to().name()
                : transition.from() + " to " + transition.to();
        return transition.at().truncatedTo(ChronoUnit.MILLIS) + " " + change + ": " + transition.why()
                + (transition.by().isEmpty() ? "" : ", by " + transition.by());
    }
}
