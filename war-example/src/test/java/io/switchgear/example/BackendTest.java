// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulated backend, which behaves as its conditions say. */
class BackendTest {
    private static final Conditions UP = new Conditions(0, 0, false, 0, 0);

    private final Backend backend = new Backend("users");
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        callers.shutdownNow();
        assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void returnsTheResultWhenNoCallIsToFail() {
        set(UP);

        for (int call = 0; call < 1_000; call++) {
            assertThat(backend.call(() -> "result")).isEqualTo("result");
        }
    }

    @Test
    void failsWhenAllCallsAreToFail() {
        set(new Conditions(100, 0, false, 0, 0));

        for (int call = 0; call < 1_000; call++) {
            assertThatThrownBy(() -> backend.call(() -> "result"))
                    .isInstanceOf(BackendException.class)
                    .hasMessage("the backend of users failed, as 100% of its calls do now");
        }
    }

    @Test
    void aResetIsAFailureThatTheJdkHasCaused() {
        set(new Conditions(0, 0, false, 100, 0));

        assertThatThrownBy(() -> backend.call(() -> "result"))
                .isInstanceOf(ConnectionResetException.class)
                .hasMessage("the connection to the backend of users was reset")
                .hasCauseInstanceOf(SocketException.class);
    }

    @Test
    void anInterruptionIsNotAFailureOfTheBackend() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> backend.call(() -> "result")).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aCallThatHangsGoesOnWhenTheBackendIsRepaired() throws Exception {
        set(new Conditions(0, 0, true, 0, 0));
        Thread caller = new Thread(() -> backend.call(() -> "result"));
        caller.start();
        await().until(() -> caller.getState() == Thread.State.WAITING);

        set(UP);

        caller.join(10_000);
        assertThat(caller.isAlive()).isFalse();
    }

    @Test
    void aCallThatHangsEndsWhenItIsInterrupted() {
        set(new Conditions(0, 0, true, 0, 0));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> backend.call(() -> "result")).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void noMoreCallsAreServedAtATimeThanTheCapacityAllows() throws Exception {
        set(new Conditions(0, 0, false, 0, 2));
        AtomicInteger inService = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch twoAreServed = new CountDownLatch(2);
        CountDownLatch mayEnd = new CountDownLatch(1);

        List<Future<Integer>> calls = new ArrayList<>();
        for (int call = 0; call < 8; call++) {
            calls.add(callers.submit(() -> backend.call(() -> {
                int now = inService.incrementAndGet();
                most.accumulateAndGet(now, Math::max);
                twoAreServed.countDown();
                waitFor(mayEnd);
                return inService.decrementAndGet();
            })));
        }
        waitFor(twoAreServed);
        assertThat(calls).noneMatch(Future::isDone);
        mayEnd.countDown();

        for (Future<Integer> call : calls) {
            assertThat(call.get(10, TimeUnit.SECONDS)).isNotNegative();
        }
        assertThat(most).hasValue(2);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private void set(Conditions wanted) {
        backend.change(before -> wanted);
    }
}
