// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;

/** A few trials at once, of which enough have to succeed. */
class FewTrials extends Trials {
    private int successes;
    private int failures;
    private String lastFailure;

    FewTrials(Epoch epoch) {
        super(epoch);
    }

    @Override
    boolean admits(long now, BreakerSettings settings) {
        return inFlight() < settings.halfOpenMaxCalls();
    }

    @Override
    String admission(long now, BreakerSettings settings) {
        return "admits " + settings.halfOpenMaxCalls() + " trials at once, to see whether the service is back";
    }

    @Override
    synchronized boolean record(TrialPermit trial, String failure, long now, BreakerSettings settings) {
        if (failure != null) {
            failures++;
            lastFailure = failure;
        } else {
            successes++;
        }
        return true;
    }

    @Override
    synchronized Verdict verdict(long now, BreakerSettings settings) {
        if (failures > settings.maxTrialFailures()) {
            return Verdict.FAILED;
        }
        return successes >= settings.successThreshold() ? Verdict.SUCCEEDED : Verdict.UNDECIDED;
    }

    @Override
    synchronized int successes() {
        return successes;
    }

    @Override
    synchronized String failure() {
        return failures == 1 ? "a trial " + lastFailure : failures + " trials failed, the last " + lastFailure;
    }

    /** Forgets the outcomes so far. */
    final synchronized void beginAgain() {
        successes = 0;
        failures = 0;
    }
}
