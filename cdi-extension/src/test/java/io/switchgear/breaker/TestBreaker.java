// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A breaker on its own clock, and the usual actions on it. */
final class TestBreaker {
    final TestTime time = new TestTime();
    final List<CircuitTransition> transitions = new CopyOnWriteArrayList<>();
    /** Durations of the timed calls, in nanoseconds. */
    final List<Long> times = new CopyOnWriteArrayList<>();

    final Breaker breaker;

    TestBreaker(UnaryOperator<BreakerSettings.Builder> settings) {
        this(settings, FailureRule.ANY);
    }

    TestBreaker(UnaryOperator<BreakerSettings.Builder> settings, FailureRule rule) {
        BreakerSettings built = settings.apply(BreakerSettings.builder()).build();
        breaker = new Breaker("test", built, rule, time, time, transitions::add);
        breaker.timer(times::add);
    }

    /** A call in flight. */
    final class Call {
        private final Permit permit = breaker.acquire();
        private final long started = permit.start();

        boolean isTrial() {
            return permit instanceof TrialPermit;
        }

        void succeeded() {
            permit.returned("fine", started);
        }

        void returned(Object result) {
            permit.returned(result, started);
        }

        void threw(Throwable thrown) {
            permit.threw(thrown, started);
        }

        void failed() {
            threw(new IOException("broken"));
        }

        void ignored() {
            permit.ignored(started);
        }
    }

    Call call() {
        return new Call();
    }

    void succeed() {
        call().succeeded();
    }

    void succeed(int times) {
        for (int i = 0; i < times; i++) {
            succeed();
        }
    }

    void fail() {
        call().failed();
    }

    void fail(int times) {
        for (int i = 0; i < times; i++) {
            fail();
        }
    }

    void tune(UnaryOperator<BreakerSettings.Builder> change) {
        breaker.update(settings -> change.apply(settings.toBuilder()).build());
    }

    /** Returns all values of a snapshot, by the names of its methods. */
    static Map<String, Object> shown(BreakerSnapshot snapshot) {
        Map<String, Object> shown = new TreeMap<>();
        for (Method method : BreakerSnapshot.class.getMethods()) {
            try {
                shown.put(method.getName(), method.invoke(snapshot));
            } catch (ReflectiveOperationException impossible) {
                throw new LinkageError(method + " cannot be read", impossible);
            }
        }
        return shown;
    }

    CircuitState state() {
        return breaker.snapshot().state();
    }

    /** Makes the breaker half-open. */
    void untilHalfOpen() {
        breaker.forceOpen("test");
        breaker.automatic();
    }
}
