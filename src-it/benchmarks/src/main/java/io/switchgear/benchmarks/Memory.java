// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.flight.RejectionRecorder;
import io.switchgear.jmx.BreakerMBeans;
import io.switchgear.jmx.Origin;
import io.switchgear.message.TransitionLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.store.SavedSettings;
import io.switchgear.time.Ticker;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.openjdk.jol.info.GraphLayout;

/**
 * Measures the memory of a breaker with a full window of 100 calls, a few of them failed: the objects reachable from
 * 1,000 breakers minus those reachable from one, so that shared objects do not count.
 *
 * <p>A breaker with contention between threads is larger, as its totals are striped then. This is measured too, without
 * a goal: it is the price of not waiting, and few breakers pay it.
 */
public final class Memory {
    private static final int BREAKERS = 1_000;
    private static final int CALLS = 1_000;

    private Memory() {}

    /** Runs the probe; takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        for (TripOn tripOn : TripOn.values()) {
            List<Breaker> breakers = breakers(tripOn);
            breakers.forEach(Memory::use);
            String row = tripOn == TripOn.CALL_WINDOW ? "" : "_" + tripOn;
            Probe.report("Memory.breaker" + row, 1, each(breakers.toArray()), "B");
            if (tripOn == TripOn.CALL_WINDOW) {
                Probe.report("Memory.breakerWithMBean", 1, eachWithMBean(breakers), "B");
            }
        }
        List<Breaker> shared = breakers(TripOn.CALL_WINDOW);
        useAtOnce(shared);
        Probe.report("Memory.breakerContended", 2, each(shared.toArray()), "B");
    }

    /** Creates breakers as the extension does: those with equal settings and rules share them. */
    private static List<Breaker> breakers(TripOn tripOn) {
        BreakerSettings settings =
                BreakerSettings.builder().tripOn(tripOn).windowCalls(100).build();
        return IntStream.range(0, BREAKERS)
                .mapToObj(number -> "com.example.OrderService#place" + number)
                .map(name -> new Breaker(
                        name,
                        settings,
                        FailureRule.ANY,
                        Ticker.SYSTEM,
                        InstantSource.system(),
                        new TransitionLog(),
                        new RejectionRecorder()))
                .toList();
    }

    private static void use(Breaker breaker) {
        Work work = new Work();
        work.failingPercent = 10;
        work.spreadFlaws();
        int flaws = 0;
        for (int call = 0; call < CALLS; call++) {
            try {
                breaker.run(work::call);
            } catch (Flaw expected) {
                flaws++;
            }
        }
        // about a tenth, at irregular intervals; a rejection would have been thrown
        if (flaws < CALLS / 20 || flaws > CALLS / 5) {
            throw new IllegalStateException("the row is void: " + flaws + " calls failed");
        }
    }

    private static void useAtOnce(List<Breaker> breakers) throws InterruptedException {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Thread> threads = Stream.generate(() -> new Thread(() -> breakers.forEach(breaker -> {
                    try {
                        together.await();
                    } catch (InterruptedException | BrokenBarrierException impossible) {
                        throw new IllegalStateException(impossible);
                    }
                    for (int time = 0; time < 10; time++) {
                        use(breaker);
                    }
                })))
                .limit(2)
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static double each(Object... many) {
        return (bytes(many) - bytes(many[0])) / (many.length - 1.0);
    }

    private static double eachWithMBean(List<Breaker> breakers) {
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        try (BreakerMBeans mbeans = new BreakerMBeans("memory", "", true, SavedSettings.none(), Runnable::run)) {
            mbeans.open(server, "");
            breakers.get(0).listenFirst(mbeans.add(breakers.get(0), Origin.CODE));
            long one = bytes(server, mbeans, breakers.get(0));
            breakers.stream().skip(1).forEach(breaker -> breaker.listenFirst(mbeans.add(breaker, Origin.CODE)));
            return (bytes(server, mbeans, breakers.get(0)) - one) / (breakers.size() - 1.0);
        }
    }

    private static long bytes(Object... roots) {
        return GraphLayout.parseInstance(roots).totalSize();
    }
}
