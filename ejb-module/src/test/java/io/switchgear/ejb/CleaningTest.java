// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When the store is cleaned. */
class CleaningTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Cleaning cleaning = new Cleaning(nanos::get);

    private boolean isDueAfter(Duration time, boolean storeAway) {
        nanos.addAndGet(time.toNanos());
        return cleaning.isDue(storeAway);
    }

    @Test
    void theStoreIsCleanedOnceADayAndNotWhileOthersStartToo() {
        assertThat(isDueAfter(Duration.ofMinutes(59), false)).isFalse();
        assertThat(isDueAfter(Duration.ofMinutes(1), false)).isTrue();
        assertThat(isDueAfter(Duration.ofHours(23), false)).isFalse();
        assertThat(isDueAfter(Duration.ofHours(1), false)).isTrue();
        assertThat(isDueAfter(Duration.ofDays(3), false)).isTrue();
        assertThat(isDueAfter(Duration.ZERO, false)).isFalse();
    }

    @Test
    void afterAnOutageOthersHaveAnHourToComeBack() {
        assertThat(isDueAfter(Duration.ofHours(1), false)).isTrue();
        assertThat(isDueAfter(Duration.ofDays(40), true)).isFalse();
        assertThat(isDueAfter(Duration.ofMinutes(59), false)).isFalse();
        assertThat(isDueAfter(Duration.ofMinutes(1), false)).isTrue();
        assertThat(isDueAfter(Duration.ofHours(2), true))
                .as("long before it is due")
                .isFalse();
        assertThat(isDueAfter(Duration.ofHours(21), false)).isFalse();
        assertThat(isDueAfter(Duration.ofHours(1), false)).isTrue();
    }
}
