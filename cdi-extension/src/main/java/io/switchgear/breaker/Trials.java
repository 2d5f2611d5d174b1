// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The trials of one half-open epoch: those in flight, oldest first, and the number of successful ones. */
final class Trials {
    private final Set<TrialPermit> inFlight = new LinkedHashSet<>();
    /** The trials that run on the thread on which they began. */
    private final IdentityHashMap<Thread, TrialPermit> running = new IdentityHashMap<>();

    private final Epoch epoch;
    private int successes;

    Trials(Epoch epoch) {
        this.epoch = epoch;
    }

    Epoch epoch() {
        return epoch;
    }

    /**
     * Returns a permit, or {@code null} if the maximum of trials is in flight and none has timed out. A call within a
     * trial, on the same thread, is part of that trial: it takes no place and decides nothing. Otherwise it could be
     * rejected because of the trial that waits for it.
     *
     * @param here whether the call ends on this thread
     */
    synchronized Permit admit(PermitContext shared, PhaseContext context, long now, boolean here) {
        BreakerSettings settings = context.settings();
        long timeout = settings.trialTimeoutMillis() * 1_000_000;
        Iterator<TrialPermit> oldestFirst = inFlight.iterator();
        while (oldestFirst.hasNext()) {
            TrialPermit oldest = oldestFirst.next();
            if (oldest.ageNanos(now) < timeout) {
                break;
            }
            oldestFirst.remove();
            handOver(oldest);
        }
        if (running.containsKey(Thread.currentThread())) {
            return new PassivePermit(shared, context, here);
        }
        if (inFlight.size() >= settings.halfOpenMaxCalls()) {
            return null;
        }
        TrialPermit trial = new TrialPermit(shared, this, now, here);
        inFlight.add(trial);
        if (here) {
            running.put(trial.runner(), trial);
        }
        return trial;
    }

    /** Ends the part of a trial that runs on the thread on which it began. */
    synchronized void handOver(TrialPermit trial) {
        running.remove(trial.runner(), trial);
    }

    /** Removes a trial; returns {@code false} if it timed out or was removed before. */
    synchronized boolean end(TrialPermit trial) {
        handOver(trial);
        return inFlight.remove(trial);
    }

    /** Counts a success; returns the number of successes so far. */
    synchronized int succeeded() {
        return ++successes;
    }

    /** Returns the number of successes so far. */
    synchronized int successes() {
        return successes;
    }

    synchronized int inFlight() {
        return inFlight.size();
    }

    /** Returns the number of trials in flight for longer than {@code limit}. */
    synchronized int overdue(long now, long limit) {
        return (int)
                inFlight.stream().filter(trial -> trial.ageNanos(now) > limit).count();
    }

    /** Returns the age of the oldest trial in flight; 0 if there is none. */
    synchronized long oldestNanos(long now) {
        return inFlight.isEmpty() ? 0 : inFlight.iterator().next().ageNanos(now);
    }
}
