// SPDX-License-Identifier: Apache-2.0
package io.switchgear.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FewThreadsTest {
    private final Queue<Runnable> started = new ArrayDeque<>();
    private final List<Integer> done = new ArrayList<>();

    @Test
    void noMoreThanTheMaximumIsStartedAndNothingIsLost() {
        FewThreads threads = new FewThreads(started::add);
        for (int i = 0; i < 20; i++) {
            int number = i;
            threads.execute(() -> done.add(number));
        }
        assertThat(started).hasSize(FewThreads.MAX_THREADS);
        started.remove().run();
        assertThat(done).hasSize(20).isSorted();
        started.forEach(Runnable::run);
        started.clear();
        threads.execute(() -> done.add(20));
        assertThat(started).hasSize(1);
    }

    @Test
    void aDeliveryThatGetsNoThreadIsRefusedUnlessAnotherThreadTakesIt() {
        boolean[] refuses = {true};
        FewThreads threads = new FewThreads(task -> {
            if (refuses[0]) {
                throw new RejectedExecutionException("no more threads");
            }
            started.add(task);
        });
        assertThatThrownBy(() -> threads.execute(() -> done.add(1))).isInstanceOf(RejectedExecutionException.class);
        refuses[0] = false;
        threads.execute(() -> done.add(2));
        started.remove().run();
        assertThat(done).containsExactly(2);
    }

    @Test
    void aDeliveryThatBreaksItsThreadLeavesRoomForAnother() {
        FewThreads threads = new FewThreads(started::add);
        for (int i = 0; i < 2 * FewThreads.MAX_THREADS; i++) {
            threads.execute(() -> {
                throw new OutOfMemoryError("none left");
            });
            assertThatThrownBy(started.remove()::run).isInstanceOf(OutOfMemoryError.class);
        }
        threads.execute(() -> done.add(1));
        started.remove().run();
        assertThat(done).containsExactly(1);
    }

    private static Thread blockedIn(FewThreads threads, Queue<Runnable> started, CountDownLatch never) {
        threads.execute(() -> {
            try {
                never.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        Thread thread = new Thread(started.remove());
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void closingInterruptsWhatHasBlockedForLongOnly() throws Exception {
        AtomicLong now = new AtomicLong();
        CountDownLatch never = new CountDownLatch(1);
        FewThreads threads = new FewThreads(started::add, now::get);
        Thread old = blockedIn(threads, started, never);
        now.addAndGet(FewThreads.PATIENCE_NANOS + 1);
        Thread young = blockedIn(threads, started, never);
        threads.close();
        old.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(old.isAlive()).isFalse();
        assertThat(young.isInterrupted()).isFalse();
        never.countDown();
        young.join();
        threads.execute(() -> done.add(1));
        assertThat(started).isEmpty();
    }
}
