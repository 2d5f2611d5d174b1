package io.switchgear.interleavings;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.Settings;
import io.switchgear.Snapshot;
import io.switchgear.State;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Permit;
import java.util.function.UnaryOperator;

/** A breaker on a clock of its own, who listens to it, and what actors do to it. */
final class Rig {
    static final long OPEN_MILLIS = 10;

    final Time time = new Time();
    final Told told = new Told();
    final Breaker breaker;

    private Rig(Settings settings) {
        breaker = new Breaker("test", settings, FailureRule.ANY, time, time, told);
    }

    /** What a test starts from: the first failure opens, the first success of the one trial closes. */
    static Settings settings(UnaryOperator<Settings.Builder> others) {
        return others.apply(Settings.builder()
                        .failureThreshold(1)
                        .openMillis(OPEN_MILLIS)
                        .halfOpenMaxCalls(1)
                        .successThreshold(1))
                .build();
    }

    static Rig closed(Settings settings) {
        return new Rig(settings);
    }

    /** An open one. */
    static Rig open(Settings settings) {
        Rig rig = new Rig(settings);
        rig.fail();
        return rig;
    }

    /** One whose time in OPEN is over: the next call makes it half-open. */
    static Rig due(Settings settings) {
        Rig rig = open(settings);
        rig.time.advanceMillis(settings.openMillis());
        return rig;
    }

    /** A call that is admitted, or {@code null}. */
    Call call() {
        try {
            Permit permit = breaker.acquire();
            return new Call(permit, permit.start());
        } catch (CircuitOpenException rejected) {
            return null;
        }
    }

    /** Whether a call is admitted; it is still under way then. */
    boolean admits() {
        return call() != null;
    }

    /** A whole call, if it is admitted. */
    void succeed() {
        Call call = call();
        if (call != null) {
            call.succeeded();
        }
    }

    /** A whole call, if it is admitted. */
    void fail() {
        Call call = call();
        if (call != null) {
            call.failed();
        }
    }

    void tune(UnaryOperator<Settings.Builder> change) {
        breaker.update(settings -> change.apply(settings.toBuilder()).build());
    }

    Snapshot snapshot() {
        return breaker.snapshot();
    }

    State state() {
        return snapshot().state();
    }

    /** A call under way. */
    record Call(Permit permit, long started) {
        void succeeded() {
            permit.returned("fine", started);
        }

        void failed() {
            permit.threw(new Broken(), started);
        }

        void ignored() {
            permit.ignored(started);
        }
    }

    /** Has no stack trace: there are millions of them. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken() {
            super("broken", null, false, false);
        }
    }
}
