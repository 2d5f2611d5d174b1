// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The trials of an adaptive breaker that is open: one in {@code trialIntervalMillis}, and further ones at once while
 * they succeed.
 */
final class TrickleTrials extends FewTrials {
    // from here the interval is computed, with the settings in force
    private long from;
    private double chance;
    private int failedInARow;

    TrickleTrials(Epoch epoch, long openedNanos) {
        super(epoch);
        waitFrom(openedNanos);
    }

    private void waitFrom(long now) {
        from = now;
        chance = ThreadLocalRandom.current().nextDouble();
    }

    @Override
    synchronized boolean admits(long now, BreakerSettings settings) {
        if (rejects(now, settings)) {
            return false;
        }
        // a trial that hangs is followed by another one, too
        waitFrom(now);
        return true;
    }

    @Override
    String admission(long now, BreakerSettings settings) {
        return "admits one trial in " + settings.trialIntervalMillis() + " ms, as calls fail";
    }

    private long remainingNanos(long now, BreakerSettings settings) {
        return Open.waitNanos(settings.trialIntervalMillis(), failedInARow, chance, settings) - (now - from);
    }

    /** Returns the time until the next trial, rounded up. */
    synchronized long remainingMillis(long now, BreakerSettings settings) {
        return successes() > 0 ? 0 : Math.max(0, (remainingNanos(now, settings) + 999_999) / 1_000_000);
    }

    /** Returns whether a call would be rejected. Changes nothing. */
    synchronized boolean rejects(long now, BreakerSettings settings) {
        return remainingMillis(now, settings) > 0 || !super.admits(now, settings);
    }

    @Override
    synchronized boolean record(TrialPermit trial, String failure, long now, BreakerSettings settings) {
        super.record(trial, failure, now, settings);
        if (super.verdict(now, settings) == Verdict.FAILED) {
            beginAgain();
            failedInARow++;
            waitFrom(now);
        }
        return true;
    }

    /** Never {@link Verdict#FAILED}: then they begin again, and the breaker stays open. */
    @Override
    synchronized Verdict verdict(long now, BreakerSettings settings) {
        return successes() >= settings.successThreshold() ? Verdict.SUCCEEDED : Verdict.UNDECIDED;
    }
}
