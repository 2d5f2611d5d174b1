// SPDX-License-Identifier: Apache-2.0
package io.switchgear.place;

import io.switchgear.time.Ticker;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A call that waits on the thread that creates this. */
public final class WaitingThread extends Waiter {
    // a thread that frees a place at the end of its stack may fail to wake the next call, which then looks by itself
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Thread thread = Thread.currentThread();
    private final Ticker ticker;
    private final long maxNanos;

    /**
     * Creates a call that is not in the queue yet.
     *
     * @param since the time at which its wait began
     * @param maxMillis the maximum time of the wait; 0 for none
     */
    public WaitingThread(Places places, Ticker ticker, long since, long maxMillis) {
        super(places, since);
        this.ticker = ticker;
        this.maxNanos = maxMillis == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(maxMillis);
    }

    @Override
    protected boolean wake() {
        LockSupport.unpark(thread);
        return true;
    }

    /**
     * Blocks until the call has left the queue, the thread is interrupted or the time is over, but for a second at most
     * and possibly for less. Keeps the flag of an interrupted thread.
     *
     * @return {@code false}, at once, if the thread is interrupted or the time is over
     */
    public boolean await() {
        long left = maxNanos - (ticker.nanos() - since);
        if (left <= 0 || thread.isInterrupted()) {
            return false;
        }
        block(Math.min(left, LOOK_NANOS));
        if (isQueued()) {
            places().serve();
        }
        return true;
    }

    private void block(long nanos) {
        Blocker blocker = new Blocker(nanos);
        try {
            // a pool of the JDK in which the thread works replaces it meanwhile
            ForkJoinPool.managedBlock(blocker);
        } catch (InterruptedException impossible) {
            thread.interrupt();
        } catch (RejectedExecutionException noSpareThread) {
            blocker.block();
        }
    }

    private final class Blocker implements ForkJoinPool.ManagedBlocker {
        private final long nanos;

        Blocker(long nanos) {
            this.nanos = nanos;
        }

        @Override
        public boolean block() {
            LockSupport.parkNanos(WaitingThread.this, nanos);
            return true;
        }

        @Override
        public boolean isReleasable() {
            return !isQueued() || thread.isInterrupted();
        }
    }
}
