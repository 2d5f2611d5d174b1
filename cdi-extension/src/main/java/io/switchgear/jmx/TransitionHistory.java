// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The last transitions of a breaker, newest first. If there are too many, the trials that failed are removed before all
 * others, so that the beginning of a long outage stays.
 */
final class TransitionHistory {
    private static final int MAX_TRANSITIONS = 50;

    private final Deque<CircuitTransition> transitions = new ArrayDeque<>();

    synchronized void add(CircuitTransition transition) {
        if (transitions.size() == MAX_TRANSITIONS) {
            removeOne();
        }
        transitions.addFirst(transition);
    }

    private void removeOne() {
        Iterator<CircuitTransition> oldestFirst = transitions.descendingIterator();
        while (oldestFirst.hasNext()) {
            if (isOfTrial(oldestFirst.next())) {
                oldestFirst.remove();
                return;
            }
        }
        transitions.removeLast();
    }

    /** Returns whether the breaker admitted a trial, or opened again, by its own decision. */
    private static boolean isOfTrial(CircuitTransition transition) {
        return transition.from() != transition.to()
                && transition.from() != CircuitState.CLOSED
                && transition.to() != CircuitState.CLOSED
                && transition.mode() == transition.fromMode()
                && transition.by().isEmpty();
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
