// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Invocation;
import io.switchgear.breaker.StageOutcome;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * One call under a time limit. Its state decides, once, whether the call ends or exceeds the limit. A call that RUNS
 * may become STAGED, when its thread has left it and a stage will end it. From both states the call itself may become
 * ENDED, or a timer makes it EXCEEDING and then EXCEEDED.
 *
 * <p>The timer interrupts the thread only while it is EXCEEDING, and the thread does not leave the call meanwhile: so
 * no interruption reaches what the thread does next.
 */
final class LimitedCall extends StageOutcome {
    private static final AtomicIntegerFieldUpdater<LimitedCall> STATE =
            AtomicIntegerFieldUpdater.newUpdater(LimitedCall.class, "state");
    private static final int RUNNING = 0;
    private static final int STAGED = 1;
    private static final int ENDED = 2;
    private static final int EXCEEDING = 3;
    private static final int EXCEEDED = 4;

    private static final int SPINS = 1_000;

    /** The calls that have exceeded a limit and have not come back, by thread, the latest first. */
    private static final ConcurrentMap<Thread, LimitedCall> OVERDUE = new ConcurrentHashMap<>();

    // ---- for Deadlines, guarded by the list that contains the call

    LimitedCall before;
    LimitedCall after;
    // null while no list contains the call
    volatile Deadlines.Calls calls;
    long since;

    final boolean isTrial;
    private final TimeLimit limit;
    private final Thread thread = Thread.currentThread();
    private boolean interruptedBefore;
    private int overdueBefore;
    private volatile int state;
    // whether the thread has left the call although its state does not say so
    private volatile boolean hasLeft;
    // both written while EXCEEDING
    private RuntimeException exceeded;
    private boolean interrupted;
    private LimitedCall nextOverdue;
    private volatile Runnable endOfStage;

    LimitedCall(TimeLimit limit, Breaker breaker) {
        super(breaker);
        this.limit = limit;
        this.isTrial = isTrial();
    }

    Thread thread() {
        return thread;
    }

    // ---- the end by the call

    @Override
    public <C> Object run(Invocation<? super C, ?> invocation, C context) throws Exception {
        try {
            return measured(invocation, context);
        } catch (StackOverflowError endOfTheStack) {
            // the end of the call may have found no stack either; this needs none
            hasLeft = true;
            throw endOfTheStack;
        }
    }

    private <C> Object measured(Invocation<? super C, ?> invocation, C context) throws Exception {
        Object result;
        try {
            // in this order: an interruption by a limit around this one is in the one or in the other
            overdueBefore = OVERDUE.isEmpty() ? 0 : overdue(false);
            interruptedBefore = thread.isInterrupted();
            limit.begins(this);
            result = invocation.proceed(context);
        } catch (Throwable thrown) {
            accept(null, thrown);
            if (state == ENDED) {
                throw thrown;
            }
            throw comesBack(thrown);
        }
        if (result instanceof CompletionStage) {
            handOver();
            if (STATE.compareAndSet(this, RUNNING, STAGED)) {
                return result;
            }
        } else {
            returned(result);
            if (state == ENDED) {
                return result;
            }
        }
        throw comesBack(cancelled(result));
    }

    @Override
    protected boolean isFirst() {
        if (STATE.compareAndSet(this, RUNNING, ENDED) || STATE.compareAndSet(this, STAGED, ENDED)) {
            try {
                limit.ends(this);
            } catch (StackOverflowError endOfTheStack) {
                // the timer removes the call when its time comes, and does nothing more
            }
            return true;
        }
        return false;
    }

    // ---- the end by the limit

    /** Ends the call because its time is over, unless it has ended. Never fails. */
    void exceeds() {
        try {
            // in this order, in which a call moves: otherwise it could become STAGED between the two, and be lost
            if (STATE.compareAndSet(this, RUNNING, EXCEEDING)) {
                if (hasLeft) {
                    exceedsWithoutThread();
                } else {
                    exceedsOnThread();
                }
            } else if (STATE.compareAndSet(this, STAGED, EXCEEDING)) {
                exceedsWithoutThread();
            }
        } catch (Throwable broken) {
            limit.failed(broken);
        }
    }

    private void exceedsOnThread() {
        try {
            exceeded = limit.exceeded(isTrial, thread);
            limit.leaves();
            OVERDUE.merge(thread, this, (earlier, latest) -> {
                latest.nextOverdue = earlier;
                return latest;
            });
            exceeds(exceeded, limit::execute);
        } finally {
            try {
                if (limit.interrupts()) {
                    interrupted = true;
                    thread.interrupt();
                    limit.interrupted();
                }
            } finally {
                state = EXCEEDED;
            }
        }
    }

    private void exceedsWithoutThread() {
        try {
            exceeded = limit.exceeded(isTrial, null);
            exceeds(exceeded, limit::execute);
            left(null);
        } finally {
            state = EXCEEDED;
            Runnable end = endOfStage;
            if (end != null) {
                limit.execute(end);
            }
        }
    }

    @Override
    public Throwable exceeded() {
        int present = state;
        if (present != EXCEEDING && present != EXCEEDED) {
            return null;
        }
        awaitExceeded();
        return exceeded;
    }

    @Override
    public void onExceeded(Runnable end) {
        endOfStage = end;
        if (exceeded() != null) {
            end.run();
        }
    }

    /** Waits for the timer that ends this call, which does not wait for anything itself. */
    @SuppressWarnings("ThreadPriorityCheck") // the timer may have been paused, and needs this processor
    private void awaitExceeded() {
        for (int spins = 0; state != EXCEEDED; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    // ---- the return of a thread whose call has exceeded the limit

    /**
     * Removes the interruption of the thread by this limit, and no other. Returns the exception for the caller.
     *
     * @param thrown the exception of the call; {@code null} if it returned
     */
    private RuntimeException comesBack(Throwable thrown) {
        awaitExceeded();
        try {
            if (interrupted) {
                Thread.interrupted();
            }
            OVERDUE.computeIfPresent(thread, (same, latest) -> latest.without(this));
            // an interruption that was there before, or that of a limit around this one which has fired meanwhile
            if (interrupted && (interruptedBefore || overdue(true) > overdueBefore)) {
                thread.interrupt();
            }
        } finally {
            limit.comesBack();
            left(exceeded);
        }
        if (thrown != null) {
            Suppressed.add(exceeded, thrown);
        }
        return exceeded;
    }

    private LimitedCall without(LimitedCall removed) {
        if (this == removed) {
            return nextOverdue;
        }
        LimitedCall present = this;
        while (present.nextOverdue != null && present.nextOverdue != removed) {
            present = present.nextOverdue;
        }
        if (present.nextOverdue == removed) {
            present.nextOverdue = removed.nextOverdue;
        }
        return this;
    }

    /**
     * Returns the number of calls around this one, on this thread, that have exceeded their limits.
     *
     * @param awaits whether to wait for those that are about to be interrupted
     */
    private int overdue(boolean awaits) {
        int number = 0;
        for (LimitedCall each = OVERDUE.get(thread); each != null; each = each.nextOverdue) {
            if (awaits) {
                each.awaitExceeded();
            }
            if (each.state == EXCEEDED) {
                number++;
            }
        }
        return number;
    }

    /** Cancels a result that comes too late; returns the exception of that, or {@code null}. */
    private static Throwable cancelled(Object result) {
        try {
            if (result instanceof Future<?> late) {
                late.cancel(true);
            }
            return null;
        } catch (RuntimeException | Error refused) {
            return refused;
        }
    }
}
