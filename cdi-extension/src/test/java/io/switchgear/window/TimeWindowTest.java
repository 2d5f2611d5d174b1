// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.time.TestTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWindowTest {
    @ParameterizedTest
    @ValueSource(longs = {100, 333, 10_000, 86_400_000})
    void agreesWithAListOfOutcomesAndTheirSteps(long windowMillis) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TestTime time = new TestTime();
        BreakerSettings settings = BreakerSettings.builder()
                .tripOn(TripOn.TIME_WINDOW)
                .windowMillis(windowMillis)
                .minimumCalls(1 + random.nextInt(20))
                .failureRateThresholdPercent(1 + random.nextInt(100))
                .build();
        TimeWindow window = new TimeWindow(windowMillis, time);
        long width = windowMillis * 1_000_000 / TimeWindow.STEPS;
        long origin = time.nanos();
        List<long[]> naive = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            boolean failed = random.nextInt(3) == 0;
            long step = (time.nanos() - origin) / width;
            naive.removeIf(old -> old[0] <= step - TimeWindow.STEPS);
            naive.add(new long[] {step, failed ? 1 : 0});
            int failures = (int) naive.stream().filter(each -> each[1] == 1).count();
            boolean expected = NaiveRate.mustOpen(settings, naive.size(), failures);
            assertThat(window.record(failed, false, settings))
                    .as("seed %d, outcome %d", seed, i)
                    .isEqualTo(expected);
            OutcomeCounts counts = window.counts();
            assertThat(counts.outcomes()).as("seed %d, outcome %d", seed, i).isEqualTo(naive.size());
            assertThat(counts.failures()).as("seed %d, outcome %d", seed, i).isEqualTo(failures);
            long maxStep = random.nextInt(50) == 0 ? windowMillis * 3 : windowMillis / 40;
            time.advanceMillis((long) (random.nextDouble() * maxStep));
        }
    }
}
