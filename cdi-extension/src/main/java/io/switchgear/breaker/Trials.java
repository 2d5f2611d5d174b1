// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The trials of one half-open epoch: those in flight, oldest first, and the number of successful ones. */
final class Trials {
    private final Set<TrialPermit> inFlight = new LinkedHashSet<>();
    private final Epoch epoch;
    private int successes;

    Trials(Epoch epoch) {
        this.epoch = epoch;
    }

    Epoch epoch() {
        return epoch;
    }

    /** Returns a permit, or {@code null} if the maximum of trials is in flight and none has timed out. */
    synchronized TrialPermit admit(PermitContext shared, BreakerSettings settings, long now) {
        long timeout = settings.trialTimeoutMillis() * 1_000_000;
        Iterator<TrialPermit> oldestFirst = inFlight.iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().ageNanos(now) >= timeout) {
            oldestFirst.remove();
        }
        if (inFlight.size() >= settings.halfOpenMaxCalls()) {
            return null;
        }
        TrialPermit trial = new TrialPermit(shared, this, now);
        inFlight.add(trial);
        return trial;
    }

    /** Removes a trial; returns {@code false} if it timed out or was removed before. */
    synchronized boolean end(TrialPermit trial) {
        return inFlight.remove(trial);
    }

    /** Counts a success; returns the number of successes so far. */
    synchronized int succeeded() {
        return ++successes;
    }

    synchronized int inFlight() {
        return inFlight.size();
    }

    /** Returns the age of the oldest trial in flight; 0 if there is none. */
    synchronized long oldestNanos(long now) {
        return inFlight.isEmpty() ? 0 : inFlight.iterator().next().ageNanos(now);
    }
}
