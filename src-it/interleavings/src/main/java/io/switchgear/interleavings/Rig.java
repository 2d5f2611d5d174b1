// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Permit;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A breaker with its own clock and listener, and the actions of actors. */
final class Rig {
    static final long OPEN_MILLIS = 10;
    static final long WINDOW_MILLIS = 3_200;

    private static final BreakerSettings SETTINGS = settings(s -> s);

    final TestTime time = new TestTime();
    final ListenerLog log = new ListenerLog();
    final Breaker breaker;

    private Rig(BreakerSettings settings) {
        breaker = new Breaker("test", settings, FailureRule.ANY, time, time, log);
    }

    /** Returns settings with which the first failure opens, and the success of the only trial closes. */
    static BreakerSettings settings(UnaryOperator<BreakerSettings.Builder> others) {
        return others.apply(BreakerSettings.builder()
                        .failureThreshold(1)
                        .openMillis(OPEN_MILLIS)
                        .halfOpenMaxCalls(1)
                        .successThreshold(1))
                .build();
    }

    /** Returns settings with a window of some calls, which opens if it is full of failures. */
    static BreakerSettings callWindow(int calls) {
        return settings(s -> s.tripOn(TripOn.CALL_WINDOW)
                .windowCalls(calls)
                .minimumCalls(calls)
                .failureRateThresholdPercent(100));
    }

    /** Returns settings with a window of {@link #WINDOW_MILLIS}, which opens at the default failure rate. */
    static BreakerSettings timeWindow(int minimumCalls) {
        return settings(
                s -> s.tripOn(TripOn.TIME_WINDOW).windowMillis(WINDOW_MILLIS).minimumCalls(minimumCalls));
    }

    /** Returns settings that open in part after some failures in excess; two outcomes make a round. */
    static BreakerSettings adaptive(int minimumCalls) {
        return settings(
                s -> s.tripOn(TripOn.ADAPTIVE).minimumCalls(minimumCalls).successThreshold(2));
    }

    /** Returns a rig that admits a share of the calls. */
    static Rig sharing() {
        Rig rig = open(adaptive(1));
        rig.time.advanceMillis(rig.breaker.settings().trialIntervalMillis());
        rig.succeed();
        rig.succeed();
        return rig;
    }

    static Rig closed() {
        return closed(SETTINGS);
    }

    static Rig open() {
        return open(SETTINGS);
    }

    static Rig due() {
        return due(SETTINGS);
    }

    static Rig closed(BreakerSettings settings) {
        return new Rig(settings);
    }

    /** Returns a rig with an open breaker. */
    static Rig open(BreakerSettings settings) {
        Rig rig = new Rig(settings);
        rig.fail();
        return rig;
    }

    /** Returns a rig whose breaker has ended its time in OPEN: the next call makes it half-open. */
    static Rig due(BreakerSettings settings) {
        Rig rig = open(settings);
        rig.time.advanceMillis(settings.openMillis());
        return rig;
    }

    /** Begins a call; returns {@code null} if it is rejected. */
    Call call() {
        return call(breaker::acquire);
    }

    /** Begins a call that ends on this thread; returns {@code null} if it is rejected. */
    Call enter() {
        return call(breaker::enter);
    }

    private static Call call(Supplier<Permit> source) {
        try {
            Permit permit = source.get();
            return new Call(permit, permit.start());
        } catch (CircuitOpenException rejected) {
            return null;
        }
    }

    /** Begins a call that does not end; returns whether it is admitted. */
    boolean admits() {
        return call() != null;
    }

    /** Runs a call that succeeds, if it is admitted. */
    void succeed() {
        Call call = call();
        if (call != null) {
            call.succeeded();
        }
    }

    /** Runs a call that fails, if it is admitted. */
    void fail() {
        Call call = call();
        if (call != null) {
            call.failed();
        }
    }

    void tune(UnaryOperator<BreakerSettings.Builder> change) {
        breaker.update(settings -> change.apply(settings.toBuilder()).build());
    }

    BreakerSnapshot snapshot() {
        return breaker.snapshot();
    }

    CircuitState state() {
        return snapshot().state();
    }

    /** A call in flight. */
    record Call(Permit permit, long started) {
        void succeeded() {
            permit.returned("fine", started);
        }

        void failed() {
            permit.threw(new Broken(), started);
        }

        /** Returns this call, to be ended on another thread. */
        Call handedOver() {
            return new Call(permit.handedOver(), started);
        }

        void ignored() {
            permit.ignored(started);
        }
    }

    /** A failure without a stack trace, as there are millions of them. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken() {
            super("broken", null, false, false);
        }
    }
}
