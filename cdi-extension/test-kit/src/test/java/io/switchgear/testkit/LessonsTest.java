// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import static io.switchgear.testkit.SwitchgearAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.Guard;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.standalone.Switchgear;
import io.switchgear.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Reported faults of other virtual clocks and extensions of JUnit; each test names its report. */
@SwitchgearTest
class LessonsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualClock clock;
    private final List<String> seen = new ArrayList<>();

    LessonsTest(VirtualClock clock) {
        this.clock = clock;
    }

    private Runnable later(Duration delay, Runnable task) {
        return scheduler().later(delay.toNanos(), task);
    }

    private Scheduler scheduler() {
        return clock.time().scheduler();
    }

    private void note(String what) {
        seen.add(what + " at " + clock.elapsed().toMillis());
    }

    /** reactor/reactor-core #648: tests in parallel advanced the clock of each other, which was one for all. */
    @RepeatedTest(20)
    void anotherTestDoesNotAdvanceThisClock(CircuitBreakers breakers) {
        CircuitBreaker breaker = breakers.create("orders", BreakerSettings.defaults());
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> breaker.run(() -> {
                        throw new IllegalStateException("away");
                    }))
                    .hasMessage("away");
        }
        for (int left = 60; left > 0; left--) {
            assertThat(breaker).isOpenFor(Duration.ofSeconds(left));
            clock.advance(SECOND);
        }
        assertThat(breaker).isHalfOpen();
    }

    /** ReactiveX/RxJava #7187: a time beyond that of a long was cut, and ran what was due later. */
    @Test
    void aTimeThatIsTooLongIsRefusedAndRunsNothing() {
        later(Duration.ofDays(36_500), () -> note("late"));
        for (Duration tooLong : List.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofDays(106_752))) {
            assertThatThrownBy(() -> clock.advance(tooLong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(clock.elapsed()).isZero();
        assertThat(seen).isEmpty();
        clock.advance(Duration.ofDays(36_500));
        assertThat(seen).hasSize(1);
    }

    /** badoo/Reaktive #470: what a task had scheduled within the time was not run. */
    @Test
    void whatAnAttemptSchedulesIsRunByTheSameAdvance(CircuitBreakers breakers) {
        Guard<String> guard = breakers.<String>guard("orders")
                .retry(RetrySettings.defaults()
                        .maxAttempts(5)
                        .maxDurationMillis(0)
                        .delayMillis(10_000)
                        .backoffFactor(1)
                        .jitterPercent(0))
                .build();
        CompletableFuture<String> outcome = guard.callAsync(() -> {
                    note("attempt");
                    return CompletableFuture.failedFuture(new IllegalStateException("away"));
                })
                .toCompletableFuture();
        clock.advance(Duration.ofMinutes(1));
        // dotnet/extensions #5722: and each sees its own time, not that at the end
        assertThat(seen)
                .containsExactly(
                        "attempt at 0", "attempt at 10000", "attempt at 20000", "attempt at 30000", "attempt at 40000");
        assertThat(outcome).isCompletedExceptionally();
        // ReactiveX/RxJava #308: the clock stopped at the last task
        assertThat(clock.elapsed()).isEqualTo(Duration.ofMinutes(1));
    }

    /** kaeawc/auto-mobile #4309: tasks ran in the order of their registration. */
    @Test
    void tasksRunInTheOrderOfTimeAndThenOfRegistration() {
        later(SECOND.multipliedBy(3), () -> note("c"));
        later(SECOND, () -> note("a"));
        later(SECOND.multipliedBy(3), () -> note("d"));
        later(SECOND.multipliedBy(2), () -> note("b"));
        clock.advance(SECOND.multipliedBy(3));
        assertThat(seen).containsExactly("a at 1000", "b at 2000", "c at 3000", "d at 3000");
    }

    /** ably/ably-java #1231: a task that another one of the same moment had cancelled still ran. */
    @Test
    void aTaskThatIsCancelledAtItsTimeDoesNotRun() {
        List<Runnable> cancel = new ArrayList<>();
        later(SECOND, () -> cancel.get(0).run());
        cancel.add(later(SECOND, () -> note("cancelled")));
        clock.advance(SECOND);
        assertThat(seen).isEmpty();
    }

    /** dotnet/extensions #6810: a task that advanced the clock made the advance around it end elsewhere. */
    @Test
    void whatATaskAdvancesIsPartOfTheAdvanceThatRunsIt() {
        later(SECOND, () -> {
            later(SECOND.multipliedBy(2), () -> note("within"));
            clock.advance(SECOND.multipliedBy(3));
            note("outer");
        });
        clock.advance(SECOND.multipliedBy(10));
        assertThat(seen).containsExactly("within at 3000", "outer at 4000");
        assertThat(clock.elapsed()).isEqualTo(SECOND.multipliedBy(10));
        later(SECOND, () -> clock.advance(SECOND.multipliedBy(5)));
        clock.advance(SECOND.multipliedBy(2));
        assertThat(clock.elapsed()).as("the task took longer").isEqualTo(SECOND.multipliedBy(16));
    }

    /** dotnet/extensions #4092: of two threads that advanced the clock at once, one was lost. */
    @Test
    void advancesOfSeveralThreadsAddUp() throws Exception {
        int threads = 4;
        int times = 2_000;
        // ReactiveX/RxJava #3648: nor is a task that is added meanwhile
        IntStream.rangeClosed(1, times).forEach(i -> later(SECOND.multipliedBy(i), () -> addSeen("task")));
        CyclicBarrier start = new CyclicBarrier(threads);
        CompletableFuture<?>[] all = IntStream.range(0, threads)
                .mapToObj(thread -> CompletableFuture.runAsync(
                        () -> {
                            await(start);
                            for (int i = 0; i < times; i++) {
                                later(SECOND, () -> addSeen("added"));
                                clock.advance(SECOND);
                            }
                        },
                        task -> new Thread(task).start()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
        assertThat(clock.elapsed()).isEqualTo(SECOND.multipliedBy((long) threads * times));
        clock.advance(SECOND);
        assertThat(seen).hasSize(times + threads * times);
    }

    private void addSeen(String what) {
        synchronized (seen) {
            seen.add(what);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    /** vipshop/Saturn #272: a task that threw ended the timer. */
    @Test
    void aTaskThatThrowsIsSeenByTheTestAndEndsNoOther() {
        later(SECOND, () -> {
            throw new IllegalStateException("a fault");
        });
        later(SECOND.multipliedBy(2), () -> note("next"));
        assertThatThrownBy(() -> clock.advance(SECOND.multipliedBy(5))).hasMessage("a fault");
        assertThat(clock.elapsed()).isEqualTo(SECOND);
        clock.advance(SECOND.multipliedBy(4));
        assertThat(seen).containsExactly("next at 2000");
        assertThat(clock.elapsed()).isEqualTo(SECOND.multipliedBy(5));
    }

    /** helidon-io/helidon #4940: after a test that could not start, the next ones failed too. */
    @Test
    void aTestThatAnotherExtensionFailsLeavesNoClock() {
        VirtualClock mine = TimeOfThread.get();
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .configurationParameter("junit.jupiter.conditions.deactivate", "*")
                .selectors(selectClass(Unprepared.class))
                .execute()
                .testEvents()
                .assertStatistics(counts -> counts.started(1).failed(1));
        // it ran on this thread
        assertThat(TimeOfThread.get()).isSameAs(mine);
        assertThat(mine).isSameAs(clock);
    }

    /**
     * junit-team/junit-framework #3108: while a test waits for other tasks of the pool, its thread runs other tests.
     */
    @Test
    void aTestThatTheThreadRunsMeanwhileLeavesThisOneItsClock() {
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .configurationParameter("junit.jupiter.conditions.deactivate", "*")
                .selectors(selectClass(OrdersTest.class))
                .execute()
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(1));
        try (Switchgear started = Switchgear.start("after another test")) {
            CircuitBreaker breaker = started.breakers().create("orders", BreakerSettings.defaults());
            breaker.forceOpen("a test");
            clock.advance(SECOND);
            assertThat(breaker.snapshot().stateSince())
                    .isEqualTo(clock.instant().minusSeconds(1));
        }
    }

    @SwitchgearTest
    @ExtendWith(Unprepared.Failing.class)
    static class Unprepared {
        static class Failing implements TestInstancePostProcessor {
            @Override
            public void postProcessTestInstance(Object instance, ExtensionContext context) {
                throw new IllegalStateException("cannot be prepared");
            }
        }

        @Test
        void test() {}
    }
}
