// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.flight.RejectionRecorder;
import io.switchgear.guard.Fallback;
import io.switchgear.guard.GuardLayers;
import io.switchgear.guard.GuardPipeline;
import io.switchgear.guard.Retry;
import io.switchgear.guard.TimeLimit;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.time.Scheduler;
import io.switchgear.time.Time;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Calls of every kind that run once, before the first one of the application, so that no class is initialized within a
 * call. A class whose initialization fails, for instance because the call is at the end of its stack, cannot be used
 * again until the JVM ends: every later call that needs it would fail.
 */
final class WarmUp {
    private static final Scheduler AT_ONCE = new Scheduler() {
        @Override
        public void pause(long nanos) {
            // the next attempt begins at once
        }

        @Override
        public Executor delayed(long nanos) {
            return Runnable::run;
        }

        @Override
        public Executor threads() {
            return Runnable::run;
        }
    };

    /** Never wakes up: the calls of the warm-up end at once. */
    private static final Scheduler NEVER = new Scheduler() {
        @Override
        public void pause(long nanos) {
            // nothing is paused
        }

        @Override
        public Executor delayed(long nanos) {
            return task -> {};
        }

        @Override
        public Executor threads() {
            return Runnable::run;
        }
    };

    static {
        for (TripOn policy : TripOn.values()) {
            call(BreakerSettings.builder()
                    .tripOn(policy)
                    .failureThreshold(1)
                    .minimumCalls(1)
                    .slowCallMillis(1_000)
                    .maxConcurrentCalls(1)
                    .build());
        }
        // initializes the events, if there is a flight recording; records nothing
        new RejectionRecorder().isActive();
    }

    private WarmUp() {}

    /** Runs them, unless they have run. */
    static void run() {
        // the static initializer has done it
    }

    private static void call(BreakerSettings settings) {
        Breaker breaker = new Breaker("warm-up", settings, FailureRule.ANY, transition -> {});
        Retry retry = new Retry("warm-up", RetrySettings.defaults(), FailureRule.ANY, Time.SYSTEM);
        TimeLimit limit = new TimeLimit("warm-up", TimeLimitSettings.defaults(), Time.SYSTEM.with(NEVER));
        Fallback<Boolean> fallback = new Fallback<>(
                "warm-up",
                FallbackSettings.defaults(),
                FailureRule.ANY,
                "",
                (fails, failure, attempts) -> failure.getMessage());
        GuardLayers<Boolean> layers =
                GuardLayers.on(AT_ONCE).with(breaker).with(limit).with(retry).with(fallback);
        for (Class<?> returned : List.of(Object.class, CompletionStage.class)) {
            GuardPipeline<Boolean> pipeline = new GuardPipeline<>(returned, layers);
            call(pipeline, false);
            // opens the breaker
            call(pipeline, true);
            call(pipeline, false);
            breaker.forceOpen("");
            breaker.automatic();
            // a trial
            call(pipeline, false);
            breaker.reset();
            breaker.update(on -> on.toBuilder().enabled(false).build());
            call(pipeline, false);
            call(pipeline, true);
            breaker.revertSettings();
            breaker.rehearse(same -> same);
            call(pipeline, false);
            call(pipeline, true);
            call(pipeline, false);
            breaker.reset();
            breaker.endRehearsal();
        }
    }

    private static void call(GuardPipeline<Boolean> pipeline, boolean fails) {
        try {
            pipeline.call(WarmUp::outcome, fails);
        } catch (Exception expected) {
            // the result matters to no caller
        }
    }

    private static Object outcome(boolean fails) throws IOException {
        if (fails) {
            throw new IOException();
        }
        return CompletableFuture.completedStage("");
    }
}
