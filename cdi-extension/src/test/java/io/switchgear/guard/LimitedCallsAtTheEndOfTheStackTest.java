// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.time.JdkScheduler;
import io.switchgear.time.Time;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Limited calls at the end of the stack, which ends anywhere within them. */
class LimitedCallsAtTheEndOfTheStackTest {
    private static final int DIVES = 200;
    private static final int CALLS_PER_DIVE = 150;
    private static final int MAX_DEPTH = 100_000;

    private final TimeLimit limit =
            new TimeLimit("deep", TimeLimitSettings.defaults().limitMillis(200), Time.SYSTEM.with(new JdkScheduler()));
    private final Breaker breaker = new Breaker(
            "deep",
            BreakerSettings.builder()
                    .failureThreshold(1_000_000)
                    .maxConcurrentCalls(1)
                    .build(),
            FailureRule.ANY,
            transition -> {});
    private final GuardPipeline<Callable<?>> calls = new GuardPipeline<>(
            String.class, GuardLayers.on(new JdkScheduler()).with(breaker).with(limit));

    /** Runs {@code call} at the end of the stack, and then with one frame more to use at each time. */
    private static int dive(Runnable call, int depth) {
        int left = 0;
        try {
            left = depth < MAX_DEPTH ? dive(call, depth + 1) : 0;
            if (left > 0) {
                call.run();
            }
        } catch (StackOverflowError end) {
            left = CALLS_PER_DIVE;
        }
        return left - 1;
    }

    private void attempt() {
        try {
            calls.call(Callable::call, () -> "fine");
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void leaveNoPlaceTakenNoCallAndNoInterruption() throws Exception {
        // so that all classes are loaded
        attempt();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread diver = new Thread(
                null,
                () -> {
                    for (int i = 0; i < DIVES; i++) {
                        dive(this::attempt, 0);
                    }
                    interrupted.set(Thread.interrupted());
                },
                "diver",
                256 * 1024);
        diver.start();
        diver.join();
        assertThat(interrupted).isFalse();
        Awaitility.await().until(() -> limit.snapshot().running() == 0);
        assertThat(limit.snapshot()).returns(0L, s -> s.overdue()).returns(0L, s -> s.interrupted());
        assertThat(calls.call(Callable::call, () -> "has a place")).isEqualTo("has a place");
    }
}
