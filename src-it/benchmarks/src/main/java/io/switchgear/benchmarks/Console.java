// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.jmx.BreakerMBeans;
import io.switchgear.jmx.Origin;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.store.SavedSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.openjdk.jmh.util.ListStatistics;

/**
 * Measures how much callers slow down while all attributes of 1,000 breakers are read ten times a second. A caller on
 * each core calls the breakers in turn. Slices with and without the reader alternate, and each is compared with its
 * neighbour, so that a drift of the machine's speed does not distort the result.
 *
 * <p>Intentional: the reader runs in the same JVM as the callers and calls the MBean server directly. A remote console
 * costs the same here, plus the serialization, which is part of the JDK and the same for all attributes.
 */
public final class Console {
    // not a multiple of the calls between failures, or all failures would hit the same breakers
    private static final int BREAKERS = 1_001;
    private static final int READINGS_PER_SECOND = 10;
    private static final int CALLERS = 2;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final double PUNCTUAL = 0.9;

    private final List<Breaker> breakers = IntStream.range(0, BREAKERS)
            .mapToObj(number -> new Breaker(
                    "com.example.OrderService#place" + number,
                    BreakerSettings.defaults(),
                    FailureRule.ANY,
                    transition -> {
                        throw new IllegalStateException("the row is void: " + transition);
                    }))
            .toList();
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final List<ObjectName> names;
    private final String[] attributes;
    private volatile long sliceEnds;

    private Console() throws JMException {
        BreakerMBeans mbeans = new BreakerMBeans("console", "", true, SavedSettings.none(), Runnable::run);
        breakers.forEach(breaker -> breaker.listenFirst(mbeans.add(breaker, Origin.CODE)));
        mbeans.open(server, "");
        names = List.copyOf(server.queryNames(new ObjectName("io.switchgear:name=*,*"), null));
        attributes = Arrays.stream(server.getMBeanInfo(names.get(0)).getAttributes())
                .map(MBeanAttributeInfo::getName)
                .toArray(String[]::new);
    }

    /** Runs the probe; takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        new Console().measure(Boolean.getBoolean("quick") ? 3 : 24);
    }

    private void measure(int pairs) throws Exception {
        slice(true);
        slice(true);
        List<Double> lost = new ArrayList<>();
        int readings = 0;
        for (int pair = 0; pair < pairs; pair++) {
            boolean readFirst = pair % 2 == 0;
            Slice one = slice(readFirst);
            Slice other = slice(!readFirst);
            Slice read = readFirst ? one : other;
            Slice alone = readFirst ? other : one;
            readings += read.readings();
            lost.add(100 * (1 - alone.nanosPerCall() / read.nanosPerCall()));
            Probe.report("Console.callersAlone", CALLERS, alone.nanosPerCall(), "ns/op");
            Probe.report("Console.callersWhileRead", CALLERS, read.nanosPerCall(), "ns/op");
        }
        double perSecond = readings / (pairs * SLICE_NANOS / 1e9);
        Probe.report("Console.readings", CALLERS, perSecond, "1/s");
        // NaN, and therefore missed, if the reader did not keep up
        double median =
                new ListStatistics(lost.stream().mapToDouble(value -> value).toArray()).getPercentile(50);
        Probe.report(
                "Console.callersLose", CALLERS, perSecond >= PUNCTUAL * READINGS_PER_SECOND ? median : Double.NaN, "%");
    }

    private record Slice(double nanosPerCall, int readings) {}

    private Slice slice(boolean read) throws InterruptedException {
        LongAdder calls = new LongAdder();
        CyclicBarrier start = new CyclicBarrier(CALLERS, () -> sliceEnds = System.nanoTime() + SLICE_NANOS);
        List<Thread> callers = IntStream.range(0, CALLERS)
                .mapToObj(number -> new Thread(() -> call(start, calls, number * BREAKERS / CALLERS)))
                .toList();
        long begin = System.nanoTime();
        callers.forEach(Thread::start);
        int readings = read ? readUntil(begin + SLICE_NANOS) : 0;
        for (Thread caller : callers) {
            caller.join();
        }
        return new Slice((double) CALLERS * (System.nanoTime() - begin) / calls.sum(), readings);
    }

    private void call(CyclicBarrier start, LongAdder calls, int first) {
        Work work = new Work();
        work.failingPercent = 10;
        work.spreadFlaws();
        try {
            start.await();
        } catch (InterruptedException | BrokenBarrierException impossible) {
            throw new IllegalStateException(impossible);
        }
        int completed = 0;
        int next = first;
        while (System.nanoTime() - sliceEnds < 0) {
            for (int call = 0; call < 100; call++) {
                if (called(breakers.get(next), work) == null) {
                    throw new IllegalStateException("the row is void: a call had no result");
                }
                next = next + 1 == BREAKERS ? 0 : next + 1;
            }
            completed += 100;
        }
        calls.add(completed);
    }

    private static Object called(Breaker breaker, Work work) {
        try {
            return breaker.call(Work::call, work);
        } catch (Flaw expected) {
            return expected;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private int readUntil(long end) {
        long period = TimeUnit.SECONDS.toNanos(1) / READINGS_PER_SECOND;
        long next = System.nanoTime();
        int readings = 0;
        while (next - end < 0) {
            LockSupport.parkNanos(next - System.nanoTime());
            if (System.nanoTime() - next >= 0) {
                readAll();
                readings++;
                next += period;
            }
        }
        return readings;
    }

    private void readAll() {
        try {
            for (ObjectName name : names) {
                if (server.getAttributes(name, attributes).size() != attributes.length) {
                    throw new IllegalStateException("the row is void: attributes are missing");
                }
            }
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
