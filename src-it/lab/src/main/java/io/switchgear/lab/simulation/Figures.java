// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** What happened in a run, second by second. A call counts in the second in which it ends. */
public final class Figures {
    /** A number that is counted. */
    public enum Count {
        /** Calls that began. */
        OFFERED,
        /** Requests that reached a service, retries included. */
        SENT,
        /** Calls that succeeded. */
        DELIVERED,
        /** Calls that failed at the service. */
        FAILED,
        /** Calls that were rejected. */
        REJECTED,
        /** Calls that waited too long for a worker. */
        DROPPED
    }

    private final Scenario scenario;
    private final Map<Count, long[]> counts = new EnumMap<>(Count.class);
    private final double[] admitted;

    Figures(Scenario scenario) {
        this.scenario = scenario;
        int seconds = (int) (scenario.nanos() / VirtualTime.SECOND);
        for (Count count : Count.values()) {
            counts.put(count, new long[seconds]);
        }
        this.admitted = new double[seconds];
    }

    void add(Count count, long nanos) {
        counts.get(count)[(int) (nanos / VirtualTime.SECOND)]++;
    }

    void admitted(int second, double share) {
        admitted[second] = share;
    }

    /** Returns the number of seconds. */
    public int seconds() {
        return admitted.length;
    }

    /** Returns what was counted in one second. */
    public long in(Count count, int second) {
        return counts.get(count)[second];
    }

    /** Returns the mean of {@link Subject#admits} over all subjects at the end of a second. */
    public double admitted(int second) {
        return admitted[second];
    }

    /** Returns the sums of all seconds. */
    public Totals all() {
        return totals(second -> true);
    }

    /** Returns the sums of the seconds from {@code from} on. */
    public Totals from(int from) {
        return totals(second -> second >= from);
    }

    /** Returns the sums of the phases of a name. */
    public Totals in(String phase) {
        List<Phase> phases = scenario.phases();
        return totals(second -> {
            long end = 0;
            for (Phase each : phases) {
                end += each.nanos();
                if (second * VirtualTime.SECOND < end) {
                    return each.name().equals(phase);
                }
            }
            return false;
        });
    }

    private Totals totals(IntPredicate included) {
        return new Totals(
                sum(Count.OFFERED, included),
                sum(Count.SENT, included),
                sum(Count.DELIVERED, included),
                sum(Count.FAILED, included),
                sum(Count.REJECTED, included),
                sum(Count.DROPPED, included));
    }

    private long sum(Count count, IntPredicate included) {
        long[] values = counts.get(count);
        return IntStream.range(0, values.length)
                .filter(included)
                .mapToLong(second -> values[second])
                .sum();
    }

    /** Returns a checksum of everything. */
    public long checksum() {
        CRC32 sum = new CRC32();
        for (long[] each : counts.values()) {
            for (long count : each) {
                update(sum, count);
            }
        }
        for (double share : admitted) {
            update(sum, Double.doubleToLongBits(share));
        }
        return sum.getValue();
    }

    private static void update(CRC32 sum, long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            sum.update((int) (value >>> shift));
        }
    }

    /** Sums of {@link Count}. */
    public record Totals(long offered, long sent, long delivered, long failed, long rejected, long dropped) {
        /** Returns the delivered calls, as a share of those that a worker has taken. */
        public double deliveredShare() {
            return (double) delivered / ended();
        }

        /** Returns the rejected calls, as a share of those that a worker has taken. */
        public double rejectedShare() {
            return (double) rejected / ended();
        }

        /** Returns the requests for each offered call. */
        public double load() {
            return (double) sent / Math.max(1, offered);
        }

        private long ended() {
            return Math.max(1, delivered + failed + rejected);
        }
    }
}
