// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do the same work at once. */
final class TestThreads {
    static final int THREADS = 4;

    private TestThreads() {}

    interface Work {
        void run(Random random) throws Exception;
    }

    /** Runs the work on {@value #THREADS} threads that start together, and waits for all of them. */
    static void onAllThreads(Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                long seed = System.nanoTime() + i;
                tasks.add(() -> {
                    start.await();
                    work.run(new Random(seed));
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
