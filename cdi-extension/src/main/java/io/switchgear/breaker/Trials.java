// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The trials of one epoch: those in flight, oldest first, and what those that have ended lead to. */
abstract class Trials {
    /** What the trials lead to. */
    enum Verdict {
        /** The service has failed again. */
        FAILED,
        /** The service is back. */
        SUCCEEDED,
        /** Neither is known yet. */
        UNDECIDED
    }

    private final Set<TrialPermit> inFlight = new LinkedHashSet<>();
    /** The trials that run on the thread on which they began. */
    private final IdentityHashMap<Thread, TrialPermit> running = new IdentityHashMap<>();

    private final Epoch epoch;

    Trials(Epoch epoch) {
        this.epoch = epoch;
    }

    final Epoch epoch() {
        return epoch;
    }

    /**
     * Returns a permit, or {@code null} if no further trial may begin now. A call within a trial, on the same thread,
     * is part of that trial: it takes no place and decides nothing. Otherwise it could be rejected because of the trial
     * that waits for it.
     *
     * @param here whether the call ends on this thread
     */
    final synchronized Permit admit(PermitContext shared, PhaseContext context, long now, boolean here) {
        BreakerSettings settings = context.settings();
        expire(now, settings);
        if (running.containsKey(Thread.currentThread())) {
            return new PassivePermit(shared, context, here);
        }
        if (!admits(now, settings)) {
            return null;
        }
        TrialPermit trial = new TrialPermit(shared, this, round(), now, here);
        inFlight.add(trial);
        began(trial);
        if (here) {
            running.put(trial.runner(), trial);
        }
        return trial;
    }

    /** Removes the trials that have timed out, so that others may take their places. */
    synchronized void expire(long now, BreakerSettings settings) {
        long timeout = settings.trialTimeoutMillis() * 1_000_000;
        Iterator<TrialPermit> oldestFirst = inFlight.iterator();
        while (oldestFirst.hasNext()) {
            TrialPermit oldest = oldestFirst.next();
            if (oldest.ageNanos(now) < timeout) {
                break;
            }
            oldestFirst.remove();
            handOver(oldest);
            timedOut(oldest);
        }
    }

    /** Returns whether another trial may begin, which then begins. */
    abstract boolean admits(long now, BreakerSettings settings);

    /** Returns the number that a trial keeps which begins now. */
    int round() {
        return 0;
    }

    /** Handles a trial that begins. */
    void began(TrialPermit trial) {}

    /** Handles a trial that has timed out, once or twice. Its outcome decides nothing. */
    void timedOut(TrialPermit trial) {}

    /** Handles a trial that ends without an outcome. */
    void released(TrialPermit trial) {}

    /** Returns whether the calls are few and only to show whether the service is back. */
    boolean areFew() {
        return true;
    }

    /** Returns the part of the calls that is admitted, 0 to 1; trials that are few do not count. */
    double share(long now, BreakerSettings settings) {
        return 0;
    }

    /** Returns what is admitted, and why, in a sentence. */
    abstract String admission(long now, BreakerSettings settings);

    /** Ends the part of a trial that runs on the thread on which it began. */
    final synchronized void handOver(TrialPermit trial) {
        running.remove(trial.runner(), trial);
    }

    /** Removes a trial; returns {@code false} if it timed out or was removed before. */
    final synchronized boolean end(TrialPermit trial) {
        handOver(trial);
        return inFlight.remove(trial);
    }

    /** Removes a trial that ends without an outcome, if it has not ended before. */
    final synchronized void release(TrialPermit trial) {
        if (end(trial)) {
            released(trial);
        }
    }

    /**
     * Records the outcome of a trial that has {@linkplain #end ended}; returns {@code false} if it came too late to be
     * judged.
     *
     * @param failure how it failed, as in {@code failed with java.io.IOException}; {@code null} if it succeeded
     */
    abstract boolean record(TrialPermit trial, String failure, long now, BreakerSettings settings);

    /** Returns what the trials so far lead to. */
    abstract Verdict verdict(long now, BreakerSettings settings);

    /** Returns the number of successes so far. */
    abstract int successes();

    /** Returns why they have succeeded, in a few words. */
    String success() {
        int count = successes();
        return count == 1 ? "a trial succeeded" : count + " trials succeeded";
    }

    /** Returns why they have failed, in a few words. */
    abstract String failure();

    final synchronized int inFlight() {
        return inFlight.size();
    }

    /** Returns the number of trials in flight for longer than {@code limit}. */
    final synchronized int overdue(long now, long limit) {
        return (int)
                inFlight.stream().filter(trial -> trial.ageNanos(now) > limit).count();
    }

    /** Returns the age of the oldest trial in flight; 0 if there is none. */
    final synchronized long oldestNanos(long now) {
        return inFlight.isEmpty() ? 0 : inFlight.iterator().next().ageNanos(now);
    }
}
