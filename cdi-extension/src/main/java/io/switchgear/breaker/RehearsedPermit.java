// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.status.CircuitTransition;

/**
 * The permit of calls that a rehearsal sees: a permit of the breaker and one of the rehearsed breaker, under which both
 * judge the same outcome. It judges once what was thrown or returned, and measures the time for both.
 */
final class RehearsedPermit extends Permit {
    private final Permit real;
    private final Permit rehearsed;
    private final Rehearsal rehearsal;
    private final boolean here;

    /** @param here whether the call ends on the thread on which it begins */
    RehearsedPermit(Permit real, Permit rehearsed, Rehearsal rehearsal, boolean here) {
        super(real);
        this.real = real;
        this.rehearsed = rehearsed;
        this.rehearsal = rehearsal;
        this.here = here;
    }

    /** Returns whether it is made of these. */
    boolean isOf(Permit one, Permit other) {
        return real == one && rehearsed == other;
    }

    @Override
    public long start() {
        try {
            long now = shared.nanos();
            real.startAt(now);
            rehearsed.startAt(now);
            return now;
        } catch (Throwable broken) {
            abandon();
            throw broken;
        }
    }

    @Override
    public Permit handedOver() {
        return rehearsal.together(real.handedOver(), rehearsed.handedOver(), false);
    }

    @Override
    public boolean admittedBefore(CircuitTransition transition) {
        return real.admittedBefore(transition);
    }

    @Override
    boolean isTrial() {
        return real.isTrial();
    }

    @Override
    void abandon() {
        try {
            real.abandon();
        } finally {
            rehearsed.abandon();
        }
    }

    @Override
    boolean ended(long started) {
        try {
            return real.ended(started);
        } finally {
            rehearsed.ended(started);
        }
    }

    @Override
    boolean overdue(long started) {
        try {
            return real.overdue(started);
        } finally {
            rehearsed.overdue(started);
        }
    }

    @Override
    void back(long started) {
        try {
            real.back(started);
        } finally {
            rehearsed.back(started);
        }
    }

    @Override
    boolean isRepeated(Object what, long started) {
        return here && shared.outcomes.isRepeatedTimed(what, started, shared.nanos());
    }

    @Override
    boolean isSlowRepeated(long started) {
        return real.isSlowRepeated(started);
    }

    @Override
    void decide(boolean failed, boolean slow, Throwable thrown, long started, boolean endsHere) {
        real.decide(failed, slow, thrown, started, endsHere);
        if (rehearsed == OffPermit.REJECTED) {
            if (!failed) {
                rehearsal.lostSuccess();
            }
            return;
        }
        if (failed && thrown == null) {
            rehearsal.resultFailed();
        }
        rehearsed.judged(failed, thrown, started, endsHere);
    }

    @Override
    void decideRepeated(boolean slow, Throwable thrown) {
        real.decideRepeated(slow, thrown);
        if (thrown == null) {
            rehearsal.resultFailed();
        }
        rehearsed.decideRepeated(slow, thrown);
    }

    @Override
    void release() {
        try {
            real.release();
        } finally {
            rehearsed.release();
        }
    }
}
