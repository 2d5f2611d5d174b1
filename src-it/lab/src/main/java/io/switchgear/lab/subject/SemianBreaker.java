// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.subject;

import io.switchgear.lab.simulation.Subject;
import io.switchgear.lab.simulation.VirtualTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The rule of the classic breaker of Shopify's semian: a number of errors within a time opens it; after the time-out,
 * counted from the last error, all calls are admitted; a failure then opens it again, and a number of successes closes
 * it.
 */
final class SemianBreaker implements Subject {
    private enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private final int errorThreshold;
    private final long withinNanos;
    private final long openNanos;
    private final int successThreshold;
    private final VirtualTime time;
    private final Deque<Long> errors = new ArrayDeque<>();
    private State state = State.CLOSED;
    private int successes;

    SemianBreaker(int errorThreshold, int withinSeconds, int openSeconds, int successThreshold, VirtualTime time) {
        this.errorThreshold = errorThreshold;
        this.withinNanos = withinSeconds * VirtualTime.SECOND;
        this.openNanos = openSeconds * VirtualTime.SECOND;
        this.successThreshold = successThreshold;
        this.time = time;
    }

    @Override
    public void call(Remote remote, Consumer<Ending> end) {
        if (state == State.OPEN && errors.getLast() + openNanos < time.nanos()) {
            state = State.HALF_OPEN;
            successes = 0;
        }
        if (state == State.OPEN) {
            end.accept(Ending.REJECTED);
            return;
        }
        remote.send(succeeded -> {
            if (succeeded) {
                succeeded();
            } else {
                failed();
            }
            end.accept(succeeded ? Ending.DELIVERED : Ending.FAILED);
        });
    }

    private void succeeded() {
        if (state == State.HALF_OPEN && ++successes >= successThreshold) {
            state = State.CLOSED;
            errors.clear();
        }
    }

    private void failed() {
        errors.removeIf(error -> error + withinNanos < time.nanos());
        errors.addLast(time.nanos());
        if (errors.size() > errorThreshold) {
            errors.removeFirst();
        }
        if (state == State.HALF_OPEN || errors.size() == errorThreshold) {
            state = State.OPEN;
        }
    }

    @Override
    public double admits() {
        return state == State.CLOSED ? 1 : 0;
    }
}
