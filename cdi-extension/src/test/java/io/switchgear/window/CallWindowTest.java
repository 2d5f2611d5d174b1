// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallWindowTest {
    private static BreakerSettings settings(int windowCalls, int minimumCalls, double percent) {
        return BreakerSettings.builder()
                .tripOn(TripOn.CALL_WINDOW)
                .windowCalls(windowCalls)
                .minimumCalls(minimumCalls)
                .failureRateThresholdPercent(percent)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "100, 55, 55, true",
        "100, 55, 54, false",
        "1000, 33.3, 333, true",
        "1000, 33.3, 332, false",
        "3000, 1.1, 33, true",
        "3000, 1.1, 32, false",
        "7, 100, 7, true",
        "7, 100, 6, false",
        "1000000, 0.0001, 1, true"
    })
    void theRateIsComparedExactly(int calls, double percent, int failures, boolean opens) {
        BreakerSettings settings = settings(calls, calls, percent);
        CallWindow window = new CallWindow(calls);
        for (int i = 0; i < calls - failures; i++) {
            assertThat(window.record(false, false, settings)).isFalse();
        }
        boolean opened = false;
        for (int i = 0; i < failures; i++) {
            opened = window.record(true, false, settings);
        }
        assertThat(opened).isEqualTo(opens);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 63, 64, 65, 100, 1_000, 1_000_000})
    void agreesWithAListOfTheLastOutcomes(int capacity) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        BreakerSettings settings = settings(capacity, 1 + random.nextInt(capacity), 1 + random.nextInt(100));
        CallWindow window = new CallWindow(capacity);
        Deque<Boolean> naive = new ArrayDeque<>();
        int failures = 0;
        for (int i = 0; i < 5_000; i++) {
            // long runs of one kind, as in an outage
            boolean failed = random.nextInt(100) < (i / 500 % 2 == 0 ? 5 : 80);
            naive.addLast(failed);
            failures += failed ? 1 : 0;
            if (naive.size() > capacity) {
                failures -= naive.removeFirst() ? 1 : 0;
            }
            boolean mustOpen = window.record(failed, false, settings);
            boolean expected = NaiveRate.mustOpen(settings, naive.size(), failures);
            assertThat(mustOpen).as("seed %d, step %d", seed, i).isEqualTo(expected);
            if (i % 97 == 0) {
                assertThat(window.counts().failures()).isEqualTo(failures);
                assertThat(window.counts().outcomes()).isEqualTo(naive.size());
                assertThat(window.counts().consecutiveFailures()).isEqualTo(trailing(naive));
            }
        }
    }

    private static int trailing(Deque<Boolean> outcomes) {
        int count = 0;
        var backwards = outcomes.descendingIterator();
        while (backwards.hasNext() && backwards.next()) {
            count++;
        }
        return count;
    }

    /** One thread records successes and failures in turn, so that at any time at most half of the calls have failed. */
    @Test
    void aReaderDuringWritesNeverSeesARateTooHigh() throws Exception {
        BreakerSettings settings = settings(1_000, 20, 50.5);
        for (int run = 0; run < 200; run++) {
            CallWindow window = new CallWindow(1_000);
            AtomicBoolean written = new AtomicBoolean();
            AtomicReference<String> wrong = new AtomicReference<>();
            Thread reader = new Thread(() -> {
                while (!written.get()) {
                    OutcomeCounts counts = window.counts();
                    if (counts.failures() > counts.outcomes()
                            || counts.consecutiveFailures() > counts.outcomes()
                            || window.mustOpen(settings, 0)) {
                        wrong.set(counts.toString());
                    }
                }
            });
            reader.setUncaughtExceptionHandler((thread, thrown) -> wrong.set(thrown.toString()));
            reader.start();
            for (int i = 0; i < 900; i++) {
                window.record(i % 2 == 1, false, settings);
            }
            written.set(true);
            reader.join();
            assertThat(wrong.get()).isNull();
        }
    }

    @Test
    void aSlowCallEntersAFullWindowOfGoodOnesAndLeavesItAgain() {
        BreakerSettings settings = settings(2, 2, 100).toBuilder()
                .slowCallMillis(100)
                .slowCallRateThresholdPercent(50)
                .build();
        CallWindow window = new CallWindow(2);
        window.record(false, false, settings);
        assertThat(window.record(false, false, settings)).isFalse();
        assertThat(window.record(false, true, settings)).isTrue();
        assertThat(window.record(false, false, settings)).isTrue();
        assertThat(window.record(false, false, settings)).isFalse();
        assertThat(window.counts().slow()).isZero();
    }
}
