package io.switchgear.interleavings;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Permit;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import java.util.function.UnaryOperator;

/** A breaker on a clock of its own, who listens to it, and what actors do to it. */
final class Rig {
    static final long OPEN_MILLIS = 10;

    final Time time = new Time();
    final ListenerLog told = new ListenerLog();
    final Breaker breaker;

    private Rig(BreakerSettings settings) {
        breaker = new Breaker("test", settings, FailureRule.ANY, time, time, told);
    }

    /** What a test starts from: the first failure opens, the first success of the one trial closes. */
    static BreakerSettings settings(UnaryOperator<BreakerSettings.Builder> others) {
        return others.apply(BreakerSettings.builder()
                        .failureThreshold(1)
                        .openMillis(OPEN_MILLIS)
                        .halfOpenMaxCalls(1)
                        .successThreshold(1))
                .build();
    }

    static Rig closed(BreakerSettings settings) {
        return new Rig(settings);
    }

    /** An open one. */
    static Rig open(BreakerSettings settings) {
        Rig rig = new Rig(settings);
        rig.fail();
        return rig;
    }

    /** One whose time in OPEN is over: the next call makes it half-open. */
    static Rig due(BreakerSettings settings) {
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

    void tune(UnaryOperator<BreakerSettings.Builder> change) {
        breaker.update(settings -> change.apply(settings.toBuilder()).build());
    }

    BreakerSnapshot snapshot() {
        return breaker.snapshot();
    }

    CircuitState state() {
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
