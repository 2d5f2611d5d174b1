// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.settings.Setting;
import io.switchgear.time.Scheduler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No retry begins later than {@code maxDurationMillis}, though its thread comes late. */
class RetriesThatBeginTooLateTest extends CallsThatGiveBack {
    @BeforeEach
    void limit() {
        retry.by("test").update(now -> now.with(Map.of(Setting.MAX_DURATION_MILLIS, 500)));
    }

    private void assertGivenUp() {
        assertThat(retry.snapshot()).returns(0L, now -> now.retries()).returns(1L, now -> now.givenUp());
        assertBudgetIsWhole();
    }

    @Test
    void anAsynchronousCallEndsWithItsLastFailure() throws Exception {
        CompletableFuture<?> result = call(CompletableFuture.failedFuture(down), null, delay);
        assertThat(delay.waiting).hasSize(1);
        // the executor is busy
        time.advanceMillis(6_000);
        delay.next();
        assertThat(failureOf(result)).hasCause(down);
        assertThat(delay.waiting).isEmpty();
        assertGivenUp();
    }

    @Test
    void aCallerThatSleptTooLongGetsItsLastFailure() {
        Scheduler slow = new Scheduler() {
            @Override
            public void pause(long nanos) {
                time.advanceMillis(6_000);
            }

            @Override
            public Executor delayed(long nanos) {
                return delay.delayed(nanos);
            }

            @Override
            public Executor threads() {
                return delay.threads();
            }
        };
        assertThatThrownBy(() -> pipeline(Object.class, null, slow)
                        .call(
                                call -> {
                                    invocations++;
                                    throw down;
                                },
                                "call"))
                .isSameAs(down);
        assertGivenUp();
    }
}
