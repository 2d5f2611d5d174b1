package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The trials of one half-open time: those in flight, oldest first, and how many have succeeded. */
final class Trials {
    private final Set<TrialPermit> inFlight = new LinkedHashSet<>();
    private final long began;
    private int successes;

    /** @param began the number of the transition that began this time */
    Trials(long began) {
        this.began = began;
    }

    long began() {
        return began;
    }

    /** A permit, or {@code null} if as many trials as allowed are in flight and none has timed out. */
    synchronized TrialPermit admit(Circuit circuit, BreakerSettings settings, long now) {
        long timeout = settings.trialTimeoutMillis() * 1_000_000;
        Iterator<TrialPermit> oldestFirst = inFlight.iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().ageNanos(now) >= timeout) {
            oldestFirst.remove();
        }
        if (inFlight.size() >= settings.halfOpenMaxCalls()) {
            return null;
        }
        TrialPermit trial = new TrialPermit(circuit, this, now);
        inFlight.add(trial);
        return trial;
    }

    /** Takes a trial out; {@code false} if it timed out or has been taken out before. */
    synchronized boolean end(TrialPermit trial) {
        return inFlight.remove(trial);
    }

    /** Notes a success; answers how many there are now. */
    synchronized int succeeded() {
        return ++successes;
    }

    synchronized int inFlight() {
        return inFlight.size();
    }

    /** Age of the oldest in flight; 0 if there is none. */
    synchronized long oldestNanos(long now) {
        return inFlight.isEmpty() ? 0 : inFlight.iterator().next().ageNanos(now);
    }
}
