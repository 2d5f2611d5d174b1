// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.time.ManualTimer;
import io.switchgear.time.TestTime;
import io.switchgear.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random calls, ends and changes of the limit, compared with a model that looks at every call at every moment. */
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a future is looked at
class DeadlinesModelTest {
    private static final int THREADS = 5;
    private static final int STEPS = 2_000;

    private static final class Modelled {
        private final CompletableFuture<?> stage;
        private final boolean trial;
        private final long startedMillis;
        private boolean ended;
        private boolean exceeded;

        Modelled(CompletableFuture<?> stage, boolean trial, long startedMillis) {
            this.stage = stage;
            this.trial = trial;
            this.startedMillis = startedMillis;
        }
    }

    private final TestTime time = new TestTime();
    private final ManualTimer timer = new ManualTimer(time);
    private final TimeLimit limit = new TimeLimit(
            "orders", TimeLimitSettings.defaults(), TimeLimitExceededException::new, new Time(time, time, timer));
    private final List<Modelled> calls = new ArrayList<>();
    private long nowMillis;

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachCallExceedsItsLimitWhenTheModelSaysSo(int seed) throws Exception {
        Random random = new Random(seed);
        // each thread has its own list of calls
        List<ExecutorService> threads = IntStream.range(0, THREADS)
                .mapToObj(i -> Executors.newSingleThreadExecutor())
                .toList();
        try {
            for (int step = 0; step < STEPS; step++) {
                step(random, threads);
                check();
            }
        } finally {
            threads.forEach(ExecutorService::shutdownNow);
        }
        advance(86_400_000);
        check();
        assertThat(limit.snapshot().running()).isZero();
        assertThat(timer.waiting()).as("wake-ups").isZero();
    }

    private void step(Random random, List<ExecutorService> threads) throws Exception {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                boolean trial = random.nextInt(4) == 0;
                begin(threads.get(random.nextInt(THREADS)), trial);
            }
            case 3, 4 -> end(random);
            case 5, 6 -> advance(random.nextInt(200));
            default -> change(random);
        }
    }

    private void begin(ExecutorService thread, boolean trial) throws Exception {
        Breaker breaker =
                new Breaker("orders", BreakerSettings.defaults(), FailureRule.ANY, time, time, transition -> {});
        if (trial) {
            breaker.forceOpen("test");
            breaker.automatic();
        }
        GuardPipeline<Object> pipeline = new GuardPipeline<>(
                CompletableFuture.class, GuardLayers.on(timer).with(breaker).with(limit));
        CompletableFuture<?> stage =
                (CompletableFuture<?>) thread.submit(() -> pipeline.call(none -> new CompletableFuture<>(), ""))
                        .get();
        calls.add(new Modelled(stage, trial, nowMillis));
    }

    private void end(Random random) {
        if (!calls.isEmpty()) {
            Modelled call = calls.get(random.nextInt(calls.size()));
            call.ended |= !call.exceeded;
            call.stage.cancel(true);
        }
    }

    private void advance(long millis) {
        timer.advanceMillis(millis);
        nowMillis += millis;
    }

    private void change(Random random) {
        long limitMillis = 1L + random.nextInt(2_000);
        limit.by("alice")
                .update(present ->
                        new TimeLimitSettings(true, limitMillis, random.nextInt((int) limitMillis + 1), true, 0));
        // a limit that is shortened to less than the age of a call is applied by the next task of the timer
        timer.advanceMillis(0);
    }

    private void check() {
        TimeLimitSettings settings = limit.snapshot().settings();
        long exceeded = 0;
        long running = 0;
        for (Modelled call : calls) {
            long allowed = call.trial && settings.trialLimitMillis() > 0
                    ? settings.trialLimitMillis()
                    : settings.limitMillis();
            call.exceeded |= !call.ended && nowMillis - call.startedMillis >= allowed;
            exceeded += call.exceeded ? 1 : 0;
            running += call.exceeded || call.ended ? 0 : 1;
        }
        timer.runStarted();
        long failed = calls.stream()
                .filter(call -> call.exceeded && call.stage.isCompletedExceptionally())
                .count();
        assertThat(limit.snapshot().exceeded()).isEqualTo(exceeded).isEqualTo(failed);
        assertThat(limit.snapshot().running()).isEqualTo(running);
    }
}
