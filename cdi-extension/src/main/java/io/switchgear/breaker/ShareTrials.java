// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.message.Text;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.window.AdmittedShare;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The calls of an adaptive breaker that is half-open: a share of all.
 *
 * <p>A call that runs for longer than {@code slowCallMillis}, or that times out as a trial, has failed: otherwise calls
 * that hang would never be judged.
 */
final class ShareTrials extends Trials {
    private final AdmittedShare share;
    /** When the ramp began; {@code null} if there is none. */
    private final Long rampBegan;
    /** The calls in flight that have no outcome yet, oldest first. */
    private final Set<TrialPermit> unjudged = new LinkedHashSet<>();

    private int successes;
    private String lastFailure = "is still running";

    ShareTrials(Epoch epoch, AdmittedShare share, Long rampBegan) {
        super(epoch);
        this.share = share;
        this.rampBegan = rampBegan;
    }

    private double ramp(long now, BreakerSettings settings) {
        return rampBegan == null ? 1 : AdmittedShare.ramp(now - rampBegan, settings.rampUpMillis());
    }

    @Override
    boolean areFew() {
        return false;
    }

    @Override
    synchronized boolean admits(long now, BreakerSettings settings) {
        boolean full = settings.maxConcurrentCalls() > 0 && inFlight() >= settings.maxConcurrentCalls();
        return !full && share.admits(ramp(now, settings), settings);
    }

    @Override
    synchronized int round() {
        return share.round();
    }

    @Override
    synchronized void began(TrialPermit trial) {
        unjudged.add(trial);
    }

    @Override
    synchronized void expire(long now, BreakerSettings settings) {
        super.expire(now, settings);
        if (settings.slowCallMillis() == 0) {
            return;
        }
        Iterator<TrialPermit> oldestFirst = unjudged.iterator();
        while (oldestFirst.hasNext()) {
            TrialPermit oldest = oldestFirst.next();
            if (oldest.ageNanos(now) <= settings.slowCallMillis() * 1_000_000) {
                break;
            }
            oldestFirst.remove();
            share.record(oldest.round(), true);
        }
    }

    @Override
    synchronized void timedOut(TrialPermit trial) {
        if (unjudged.remove(trial)) {
            share.record(trial.round(), true);
        }
    }

    @Override
    synchronized void released(TrialPermit trial) {
        if (unjudged.remove(trial)) {
            share.release(trial.round());
        }
    }

    @Override
    synchronized boolean record(TrialPermit trial, String failure, long now, BreakerSettings settings) {
        if (!unjudged.remove(trial) || !share.record(trial.round(), failure != null)) {
            return false;
        }
        if (failure == null) {
            successes++;
        } else {
            lastFailure = failure;
        }
        return true;
    }

    @Override
    synchronized Verdict verdict(long now, BreakerSettings settings) {
        return switch (share.judge(now, ramp(now, settings), settings)) {
            case ALL_FAILED -> Verdict.FAILED;
            case ALL_ADMITTED -> Verdict.SUCCEEDED;
            case GOES_ON -> Verdict.UNDECIDED;
        };
    }

    @Override
    synchronized int successes() {
        return successes;
    }

    @Override
    synchronized double share(long now, BreakerSettings settings) {
        return share.share(ramp(now, settings));
    }

    @Override
    synchronized String success() {
        return "all calls are admitted again, " + share.why();
    }

    @Override
    synchronized String failure() {
        return "all calls of the last second failed, the last " + lastFailure;
    }

    @Override
    synchronized String admission(long now, BreakerSettings settings) {
        return share.isJudged()
                ? "admits " + Text.percent(share(now, settings)) + ", " + share.why()
                : "admits " + Text.count(settings.successThreshold(), "call")
                        + " in a second, to see whether the service is back";
    }
}
