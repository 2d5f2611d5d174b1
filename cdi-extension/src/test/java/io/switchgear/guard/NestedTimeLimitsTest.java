// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.switchgear.TimeLimitExceededException;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.time.ManualTimer;
import io.switchgear.time.TestTime;
import io.switchgear.time.Time;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Time limits within time limits, on one thread: the nearest one applies, and each removes its own interruption only.
 */
class NestedTimeLimitsTest {
    private final TestTime time = new TestTime();
    private final ManualTimer timer = new ManualTimer(time);

    @AfterEach
    void noInterruptionIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
        timer.advanceMillis(86_400_000);
        assertThat(timer.waiting()).isZero();
    }

    private Object within(long millis, Callable<?> action) throws Exception {
        TimeLimit limit = new TimeLimit(
                millis + "",
                TimeLimitSettings.defaults().limitMillis(millis),
                TimeLimitExceededException::new,
                new Time(time, time, timer));
        return new GuardPipeline<Callable<?>>(
                        String.class, GuardLayers.on(timer).with(limit))
                .call(Callable::call, action);
    }

    private Object sleep(long millis) throws InterruptedException {
        timer.advanceMillis(millis);
        if (Thread.interrupted()) {
            throw new InterruptedException("in a test");
        }
        return "done";
    }

    private static String limitOf(Throwable thrown) {
        return ((TimeLimitExceededException) thrown).name();
    }

    @Test
    void theInnerLimitEndsTheInnerCallAlone() throws Exception {
        assertThat(within(1_000, () -> {
                    Throwable thrown = catchThrowable(() -> within(100, () -> sleep(100)));
                    assertThat(limitOf(thrown)).isEqualTo("100");
                    return sleep(899);
                }))
                .isEqualTo("done");
    }

    @Test
    void theOuterLimitEndsTheInnerCallToo() {
        Throwable thrown = catchThrowable(() -> within(100, () -> within(1_000, () -> sleep(100))));
        assertThat(limitOf(thrown)).isEqualTo("100");
        assertThat(thrown.getSuppressed()).hasExactlyElementsOfTypes(InterruptedException.class);
    }

    @Test
    void theInnerLimitLeavesTheInterruptionOfTheOuterOneThatFiredMeanwhile() {
        Throwable thrown = catchThrowable(() -> within(200, () -> {
            Throwable inner = catchThrowable(() -> within(100, () -> {
                timer.advanceMillis(300);
                return "swallowed both";
            }));
            assertThat(limitOf(inner)).isEqualTo("100");
            assertThat(Thread.currentThread().isInterrupted())
                    .as("the outer limit has fired")
                    .isTrue();
            return sleep(0);
        }));
        assertThat(limitOf(thrown)).isEqualTo("200");
    }

    @Test
    void theInnerLimitDoesNotRepeatTheInterruptionOfTheOuterOne() {
        Throwable thrown = catchThrowable(() -> within(100, () -> {
            timer.advanceMillis(100);
            assertThat(Thread.interrupted()).as("swallowed").isTrue();
            Throwable inner = catchThrowable(() -> within(50, () -> sleep(50)));
            assertThat(limitOf(inner)).isEqualTo("50");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            return "late";
        }));
        assertThat(limitOf(thrown)).isEqualTo("100");
    }

    @Test
    void anInterruptionOfTheOuterLimitThatNothingHasTakenOutlivesTheInnerCall() {
        Throwable thrown = catchThrowable(() -> within(100, () -> {
            timer.advanceMillis(100);
            Throwable inner = catchThrowable(() -> within(50, () -> {
                timer.advanceMillis(50);
                return "swallowed";
            }));
            assertThat(limitOf(inner)).isEqualTo("50");
            return sleep(0);
        }));
        assertThat(limitOf(thrown)).isEqualTo("100");
        assertThat(thrown.getSuppressed()).hasExactlyElementsOfTypes(InterruptedException.class);
    }

    @Test
    void threeLimitsThatFireTogetherLeaveNoInterruption() {
        Throwable thrown = catchThrowable(() -> within(100, () -> within(100, () -> within(100, () -> sleep(100)))));
        assertThat(limitOf(thrown)).isEqualTo("100");
        assertThat(thrown.getSuppressed()).hasExactlyElementsOfTypes(TimeLimitExceededException.class);
    }
}
