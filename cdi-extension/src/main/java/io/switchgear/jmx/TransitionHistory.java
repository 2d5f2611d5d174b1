package io.switchgear.jmx;

import io.switchgear.status.CircuitTransition;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last transitions of a breaker, newest first. */
final class TransitionHistory {
    private static final int KEPT = 50;

    private final Deque<CircuitTransition> transitions = new ArrayDeque<>();

    synchronized void add(CircuitTransition transition) {
        if (transitions.size() == KEPT) {
            transitions.removeLast();
        }
        transitions.addFirst(transition);
    }

    synchronized List<CircuitTransition> newestFirst() {
        return List.copyOf(transitions);
    }

    /** When, what and why, in a line. */
    static String line(CircuitTransition told) {
        String what = told.from() == told.to() ? told.to().name() : told.from() + " to " + told.to();
        return told.at().truncatedTo(ChronoUnit.MILLIS) + " " + what + ": " + told.why()
                + (told.by().isEmpty() ? "" : ", by " + told.by());
    }
}
