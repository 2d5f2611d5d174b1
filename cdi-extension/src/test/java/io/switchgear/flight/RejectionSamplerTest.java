// SPDX-License-Identifier: Apache-2.0
package io.switchgear.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.time.TestTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RejectionSamplerTest {
    private final TestTime time = new TestTime();
    private final RejectionSampler sampler = new RejectionSampler(time.nanos());

    private long another() {
        return sampler.add(time.nanos());
    }

    @Test
    void theFirstIsSampledAtOnceAndTheNextASecondLaterForAllBetween() {
        assertThat(another()).isEqualTo(1);
        assertThat(LongStream.generate(this::another).limit(99)).containsOnly(0L);
        time.advanceMillis(999);
        assertThat(another()).isZero();
        time.advanceMillis(1);
        assertThat(another()).isEqualTo(101);
        assertThat(another()).isZero();
    }

    @Test
    void afterAQuietTimeTheNextIsSampledAtOnceAndRepresentsThoseLeft() {
        another();
        another();
        time.advanceMillis(3_600_000);
        assertThat(another()).isEqualTo(2);
    }

    @Test
    void theRestIsTakenOnce() {
        another();
        another();
        another();
        assertThat(sampler.takeRest()).isEqualTo(2);
        assertThat(sampler.takeRest()).isZero();
    }

    @Test
    void noneIsLostOrSampledTwiceWhenThreadsMeet() throws InterruptedException {
        long threads = 4;
        long each = 20_000;
        List<Long> sampled = new ArrayList<>();
        List<Thread> running = LongStream.range(0, threads)
                .mapToObj(thread -> new Thread(() -> {
                    for (int count = 0; count < each; count++) {
                        time.advanceMillis(1);
                        long rejections = another();
                        synchronized (sampled) {
                            sampled.add(rejections);
                        }
                    }
                }))
                .toList();
        running.forEach(Thread::start);
        for (Thread thread : running) {
            thread.join();
        }
        assertThat(sampled.stream().mapToLong(Long::longValue).sum() + sampler.takeRest())
                .isEqualTo(threads * each);
        assertThat(sampled.stream().filter(rejections -> rejections > 0))
                .as("of %d seconds", threads * each / 1_000)
                .hasSizeBetween(1, (int) (threads * each / 1_000) + 1);
    }
}
