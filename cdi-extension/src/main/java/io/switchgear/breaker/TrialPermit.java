// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.CallTimer;
import io.switchgear.status.CircuitTransition;

/** The permit of one trial: a call that a half-open breaker admits. */
final class TrialPermit extends SingleCallPermit {
    private final Trials trials;
    private final long admittedNanos;
    private final Thread runner;

    /** @param here whether the call ends on this thread, on which it begins */
    TrialPermit(PermitContext shared, Trials trials, long admittedNanos, boolean here) {
        super(shared, here);
        this.trials = trials;
        this.runner = here ? Thread.currentThread() : null;
        this.admittedNanos = admittedNanos;
    }

    @Override
    public long start() {
        return admittedNanos;
    }

    /** Returns the thread on which the call began; {@code null} if it may end on another one. */
    Thread runner() {
        return runner;
    }

    @Override
    public Permit handedOver() {
        trials.handOver(this);
        return super.handedOver();
    }

    @Override
    boolean isTrial() {
        return true;
    }

    @Override
    boolean ended(long started) {
        BreakerSettings settings = shared.handler().settings();
        long age = ageNanos(shared.nanos());
        time(settings, age);
        return isSlow(settings, age);
    }

    @Override
    boolean overdue(long started) {
        return isSlow(shared.handler().settings(), ageNanos(shared.nanos()));
    }

    @Override
    void back(long started) {
        time(shared.handler().settings(), ageNanos(shared.nanos()));
    }

    private void time(BreakerSettings settings, long age) {
        if (settings.callTimer() == CallTimer.ON) {
            shared.timed(age);
        }
    }

    private static boolean isSlow(BreakerSettings settings, long age) {
        return settings.slowCallMillis() > 0 && age > settings.slowCallMillis() * 1_000_000;
    }

    long ageNanos(long now) {
        return now - admittedNanos;
    }

    @Override
    void decide(boolean failed, boolean slow, Throwable thrown) {
        OutcomeHandler handler = shared.handler();
        if (!trials.end(this) || timedOut() || !handler.isHalfOpen(trials.epoch())) {
            shared.totals.rare().late.increment();
        } else if (failed || slow) {
            handler.trialFailed(trials.epoch(), failed, thrown);
        } else {
            handler.trialSucceeded(trials.epoch(), trials.succeeded());
        }
    }

    @Override
    void decideRepeated(boolean slow, Throwable thrown) {
        // the call within this one decided nothing
        decide(true, slow, thrown);
    }

    private boolean timedOut() {
        long timeout = shared.handler().settings().trialTimeoutMillis() * 1_000_000;
        return ageNanos(shared.nanos()) >= timeout;
    }

    @Override
    public boolean admittedBefore(CircuitTransition transition) {
        return trials.epoch().beganBefore(transition.number());
    }

    @Override
    void release() {
        trials.end(this);
    }
}
