// SPDX-License-Identifier: Apache-2.0
package io.switchgear.place;

/** A call in the queue for a place. It leaves the queue with a place, without one, or by itself. */
public abstract class Waiter {
    enum State {
        /** It has not joined the queue. */
        NEW,
        QUEUED,
        /** It has a place, which it must use or give back. */
        ADMITTED,
        /** It needs no place any more. */
        RELEASED,
        /** It has left the queue by itself, or its place is used or given back. */
        OVER
    }

    private final Places places;
    final long since;
    // guarded by the lock of the queue while queued
    Waiter previous;
    Waiter next;
    // written under the lock of the queue until the waiter has left it, then by the call alone
    volatile State state = State.NEW;

    /** @param since the time at which the wait begins, for {@link Places#waitingSince} */
    protected Waiter(Places places, long since) {
        this.places = places;
        this.since = since;
    }

    /**
     * Called once, on the thread that freed the place, when the call has left the queue with a place or without one. It
     * must not throw.
     *
     * @return {@code false} if the call does not use its place, or no longer does, so that the caller gives it back
     */
    protected abstract boolean wake();

    /** Wakes the call; returns whether its place is free again. */
    final boolean wakeUp() {
        boolean admitted = state == State.ADMITTED;
        return !wake() && admitted;
    }

    /** Returns the places for which it waits. */
    public final Places places() {
        return places;
    }

    /**
     * Joins the queue; if a place is free and no call waits, gets it at once.
     *
     * @return {@code false} if {@code maxWaiting} calls wait already
     */
    public final boolean join(int maxWaiting) {
        return places.join(this, maxWaiting);
    }

    /** Returns whether it is in the queue. */
    public final boolean isQueued() {
        return state == State.QUEUED;
    }

    /** Returns whether it has a place that it does not use yet. */
    public final boolean isAdmitted() {
        return state == State.ADMITTED;
    }

    /** Leaves the queue; returns {@code false} if it is not in it. */
    public final boolean withdraw() {
        return places.withdraw(this);
    }

    /** Leaves the queue, or gives back a place that it does not use. Does nothing otherwise. */
    public final void end() {
        if (!withdraw() && isAdmitted()) {
            state = State.OVER;
            places.giveBack();
        }
    }

    final void used() {
        state = State.OVER;
    }
}
