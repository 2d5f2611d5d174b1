// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.FailureRule;
import io.switchgear.status.CircuitTransition;
import java.time.InstantSource;
import java.util.List;

/**
 * The permit of all calls that pass a breaker and in which it has no part. It counts nothing and judges nothing: what
 * every permit records goes to totals that no code reads, under a rule that ignores all exceptions.
 */
final class OffPermit extends Permit {
    /** The permit of all calls that pass a breaker while it is off. */
    static final OffPermit INSTANCE = new OffPermit();

    /** The permit of all calls that a rehearsed breaker would have rejected. */
    static final OffPermit REJECTED = new OffPermit();

    private OffPermit() {
        super(
                new PermitContext(
                        "",
                        new FailureRule(List.of(), List.of(Throwable.class)),
                        () -> 0,
                        InstantSource.system(),
                        null),
                false);
    }

    @Override
    public long start() {
        return 0;
    }

    @Override
    boolean isForManyCalls() {
        return true;
    }

    @Override
    public Permit handedOver() {
        return this;
    }

    @Override
    public boolean admittedBefore(CircuitTransition transition) {
        // a breaker has no power over a call that passed it while it was off
        return false;
    }

    @Override
    boolean ended(long started) {
        return false;
    }

    @Override
    boolean overdue(long started) {
        return false;
    }

    @Override
    void back(long started) {
        // it has taken nothing
    }

    @Override
    boolean isRepeated(Object what, long started) {
        return false;
    }

    @Override
    boolean isSlowRepeated(long started) {
        return false;
    }

    @Override
    void decide(boolean failed, boolean slow, Throwable thrown, long started, boolean here) {
        // it is not judged
    }

    @Override
    void release() {
        // it holds nothing
    }
}
