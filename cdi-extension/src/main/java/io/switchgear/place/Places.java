// SPDX-License-Identifier: Apache-2.0
package io.switchgear.place;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/**
 * The places for concurrent calls, with a queue. A call takes one; the calls within it, on the same thread, take none:
 * otherwise they could be rejected because of the call that waits for them.
 */
public final class Places {
    /** The limit while calls need not wait: those in the queue leave it without a place. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    private static final long ONE_WAITING = 1L << Integer.SIZE;

    private final ToIntFunction<Places> limit;
    // the calls that wait in the high half, the places that are taken in the low half
    private final AtomicLong state = new AtomicLong();
    private final ConcurrentMap<Thread, Place> ofThreads = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    // guarded by the lock, like the links of the waiters between them
    private Waiter first;
    private Waiter last;

    /**
     * Creates places none of which is taken.
     *
     * @param limit returns the present limit, or {@link #NO_LIMIT}. It is asked under the lock of the queue, so it must
     *     not block. {@link #serve} must be called whenever it has changed
     */
    public Places(ToIntFunction<Places> limit) {
        this.limit = limit;
    }

    /** A place that calls can take: one call if it has a holder, any number otherwise. */
    public static final class Place {
        private final Places places;
        // null if the calls may end on another thread
        private final Thread holder;

        private Place(Places places, Thread holder) {
            this.places = places;
            this.holder = holder;
        }

        /**
         * Takes a place; returns {@code false} if the limit is reached, or if calls wait. Takes nothing if it throws,
         * for instance at the end of the stack.
         *
         * @param always whether to exceed the limit
         */
        public boolean take(int limit, boolean always) {
            if (holder == null) {
                return places.take(limit, always);
            }
            // first, as it needs the most stack: after the place is taken, nothing can fail
            boolean taken = false;
            try {
                places.ofThreads.put(holder, this);
                taken = places.take(limit, always);
            } finally {
                if (!taken) {
                    handOver();
                }
            }
            return taken;
        }

        /** Uses the place that a call in the queue got; {@link #leave} gives it back. Changes nothing if it throws. */
        public void takeFrom(Waiter waiter) {
            if (holder != null) {
                places.ofThreads.put(holder, this);
            }
            waiter.used();
        }

        /** Returns the places of which this is one. */
        public Places places() {
            return places;
        }

        /** Ends the part of the call that runs on the thread of its holder; the place stays taken. */
        public void handOver() {
            if (holder != null) {
                places.ofThreads.remove(holder, this);
            }
        }

        /** Ends the call. The place is free for the next call in the queue at {@link Places#serveWaiting}. */
        public void vacate() {
            places.vacate();
            handOver();
        }

        /** Ends the call, and lets the next one in the queue have the place. */
        public void leave() {
            vacate();
            places.serveWaiting();
        }
    }

    private boolean take(int limit, boolean always) {
        while (true) {
            long present = state.get();
            // as long as calls wait, this is more than any limit
            if (present >= limit && !always) {
                return false;
            }
            if (state.compareAndSet(present, present + 1)) {
                return true;
            }
        }
    }

    private void vacate() {
        // the same steps as those that take a place: where there was stack for those, there is for these
        while (true) {
            long present = state.get();
            if (state.compareAndSet(present, present - 1)) {
                return;
            }
        }
    }

    void giveBack() {
        vacate();
        serveWaiting();
    }

    /** Returns whether this thread runs a call that has taken a place. */
    public boolean isHeldHere() {
        return ofThreads.containsKey(Thread.currentThread());
    }

    /** Returns a place for a call on this thread. */
    public Place here() {
        return new Place(this, Thread.currentThread());
    }

    /** Returns the place of all calls that may end on another thread. */
    public Place anywhere() {
        return new Place(this, null);
    }

    /** Returns the number of places that are taken. */
    public int taken() {
        return (int) state.get();
    }

    // ---- the queue

    /** Returns the number of calls that wait. */
    public int waiting() {
        return (int) (state.get() >> Integer.SIZE);
    }

    /** Returns the time at which the call that has waited longest began to wait; {@code otherwise} if no call waits. */
    public long waitingSince(long otherwise) {
        if (waiting() == 0) {
            return otherwise;
        }
        synchronized (lock) {
            return first == null ? otherwise : first.since;
        }
    }

    /** Gives the free places to calls that wait, if there are any. No other call can take one before. */
    public void serveWaiting() {
        if (state.get() >= ONE_WAITING) {
            serve();
        }
    }

    /** Gives the free places to the calls that have waited longest; without a limit, lets all that wait go on. */
    public void serve() {
        boolean again = true;
        while (again) {
            Waiter served;
            synchronized (lock) {
                served = served(limit.applyAsInt(this));
            }
            again = false;
            while (served != null) {
                Waiter next = served.next;
                served.next = null;
                // in a loop instead of at the end of a call: many refusals in a row must not need much stack
                if (served.wakeUp()) {
                    again |= state.getAndDecrement() >= ONE_WAITING;
                }
                served = next;
            }
        }
    }

    /** Lets waiters leave the queue; returns the first of them, linked by {@link Waiter#next}. Needs the lock. */
    private Waiter served(int limit) {
        Waiter head = first;
        Waiter end = null;
        while (first != null) {
            long present = state.get();
            boolean free = limit == NO_LIMIT;
            if (!free && (int) present >= limit) {
                break;
            }
            if (state.compareAndSet(present, present - ONE_WAITING + (free ? 0 : 1))) {
                // assignments only from here: a step happens whole or not at all
                end = first;
                first = end.next;
                end.previous = null;
                end.state = free ? Waiter.State.RELEASED : Waiter.State.ADMITTED;
                if (first == null) {
                    last = null;
                } else {
                    first.previous = null;
                }
            }
        }
        if (end == null) {
            return null;
        }
        end.next = null;
        return head;
    }

    /**
     * Adds a call to the queue, or gives it a place if one is free and no call waits.
     *
     * @return whether it has joined the queue or left it already; {@code false} if {@code maxWaiting} calls wait
     */
    boolean join(Waiter waiter, int maxWaiting) {
        boolean waits = false;
        synchronized (lock) {
            int present = limit.applyAsInt(this);
            if (present == NO_LIMIT) {
                waiter.state = Waiter.State.RELEASED;
            } else if (take(present, false)) {
                waiter.state = Waiter.State.ADMITTED;
            } else if (waiting() >= maxWaiting) {
                return false;
            } else {
                add(waiter);
                waits = true;
            }
        }
        if (waits) {
            // a place may have become free before this call was in the queue
            serve();
        } else if (waiter.wakeUp()) {
            giveBack();
        }
        return true;
    }

    private void add(Waiter waiter) {
        state.addAndGet(ONE_WAITING);
        waiter.state = Waiter.State.QUEUED;
        waiter.previous = last;
        if (last == null) {
            first = waiter;
        } else {
            last.next = waiter;
        }
        last = waiter;
    }

    /** Removes a call from the queue; returns {@code false} if it is not in it. */
    boolean withdraw(Waiter waiter) {
        synchronized (lock) {
            if (waiter.state != Waiter.State.QUEUED) {
                return false;
            }
            state.addAndGet(-ONE_WAITING);
            waiter.state = Waiter.State.OVER;
            if (waiter.previous == null) {
                first = waiter.next;
            } else {
                waiter.previous.next = waiter.next;
            }
            if (waiter.next == null) {
                last = waiter.previous;
            } else {
                waiter.next.previous = waiter.previous;
            }
            waiter.next = null;
            waiter.previous = null;
            return true;
        }
    }
}
