// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPauseTest {
    private long nanos;
    private final RetryPause pause = new RetryPause(() -> nanos);

    private List<Long> failures(int count) {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Duration next = pause.failed();
            seconds.add(next.toSeconds());
            nanos += next.toNanos() - 1;
            assertThat(pause.isOver()).isFalse();
            nanos++;
            assertThat(pause.isOver()).isTrue();
        }
        return seconds;
    }

    @Test
    void pausesGrow() {
        assertThat(pause.isOver()).isTrue();
        assertThat(failures(8)).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void theyAreShortAgainAfterASuccessThatLasted() {
        failures(5);
        pause.worked();
        pause.worked();
        assertThat(pause.isOver()).isTrue();
        nanos += Duration.ofSeconds(30).toNanos();
        assertThat(failures(2)).containsExactly(1L, 2L);
    }

    @Test
    void whatWorksForAMomentOnlyIsNotTriedEachSecond() {
        assertThat(failures(3)).containsExactly(1L, 2L, 4L);
        for (long expected : new long[] {8, 16, 30, 30}) {
            pause.worked();
            nanos += Duration.ofSeconds(29).toNanos();
            assertThat(failures(1)).containsExactly(expected);
        }
    }
}
