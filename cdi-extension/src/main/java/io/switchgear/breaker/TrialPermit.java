// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.CallTimer;
import io.switchgear.status.CircuitTransition;

/** The permit of one trial: a call that a half-open breaker admits. */
final class TrialPermit extends SingleCallPermit {
    private final Trials trials;
    private final int round;
    private final long admittedNanos;
    private final Thread runner;

    /** @param here whether the call ends on this thread, on which it begins */
    TrialPermit(PermitContext shared, Trials trials, int round, long admittedNanos, boolean here) {
        super(shared, here);
        this.trials = trials;
        this.round = round;
        this.runner = here ? Thread.currentThread() : null;
        this.admittedNanos = admittedNanos;
    }

    @Override
    public long start() {
        return admittedNanos;
    }

    /** Returns the {@linkplain Trials#round round} in which the call began. */
    int round() {
        return round;
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
        return trials.areFew();
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
        return isSlow(started);
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
    boolean isSlow(long started) {
        return isSlow(shared.handler().settings(), ageNanos(shared.nanos()));
    }

    @Override
    void decide(boolean failed, boolean slow, Throwable thrown, long started, boolean here) {
        judge(failed, slow, thrown);
    }

    private void judge(boolean failed, boolean slow, Throwable thrown) {
        OutcomeHandler handler = shared.handler();
        boolean inTime = trials.end(this) && !timedOut();
        if (!inTime) {
            trials.timedOut(this);
        }
        if (inTime
                && handler.isTrying(trials.epoch())
                && trials.record(this, failure(failed, slow, thrown), shared.nanos(), handler.settings())) {
            handler.trialEnded(trials.epoch(), thrown);
        } else {
            shared.totals.rare().late.increment();
        }
    }

    /** Returns how the call failed, in a few words; {@code null} if it succeeded. */
    private String failure(boolean failed, boolean slow, Throwable thrown) {
        if (failed) {
            return "failed with " + shared.what(thrown);
        }
        return slow ? "took more than " + shared.handler().settings().slowCallMillis() + " ms" : null;
    }

    @Override
    void decideRepeated(boolean slow, Throwable thrown) {
        // the call within this one decided nothing
        judge(true, slow, thrown);
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
        trials.release(this);
    }
}
