// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.subject;

import io.switchgear.lab.simulation.Chance;
import io.switchgear.lab.simulation.Subject;
import io.switchgear.lab.simulation.VirtualTime;
import java.util.function.Consumer;

/**
 * The rule of <i>Site Reliability Engineering</i>, chapter "Handling Overload": of the calls of the last two minutes, a
 * client rejects a call with the probability max(0, (requests - K * accepts) / (requests + 1)). Rejected calls are
 * requests too. A request counts when it ends: calls in flight are neither accepted nor refused.
 */
final class ClientThrottle implements Subject {
    private final double factor;
    private final VirtualTime time;
    private final Chance chance;
    // by second, as a ring, and the sum of them
    private final long[] requests;
    private final long[] accepts;
    private long second;

    ClientThrottle(double factor, int seconds, VirtualTime time, Chance chance) {
        this.factor = factor;
        this.time = time;
        this.chance = chance;
        this.requests = new long[seconds + 1];
        this.accepts = new long[seconds + 1];
    }

    @Override
    public void call(Remote remote, Consumer<Ending> end) {
        if (rejects()) {
            count(requests);
            end.accept(Ending.REJECTED);
            return;
        }
        remote.send(succeeded -> {
            count(requests);
            if (succeeded) {
                count(accepts);
            }
            end.accept(succeeded ? Ending.DELIVERED : Ending.FAILED);
        });
    }

    private boolean rejects() {
        expire();
        return chance.happens(rejection());
    }

    private double rejection() {
        return Math.max(0, (sum(requests) - factor * sum(accepts)) / (sum(requests) + 1));
    }

    private static long sum(long[] ring) {
        return ring[ring.length - 1];
    }

    private void count(long[] ring) {
        expire();
        ring[(int) (second % (ring.length - 1))]++;
        ring[ring.length - 1]++;
    }

    private void expire() {
        long present = time.nanos() / VirtualTime.SECOND;
        int seconds = requests.length - 1;
        for (second = Math.max(second, present - seconds); second < present; ) {
            second++;
            for (long[] ring : new long[][] {requests, accepts}) {
                ring[seconds] -= ring[(int) (second % seconds)];
                ring[(int) (second % seconds)] = 0;
            }
        }
    }

    @Override
    public double admits() {
        return 1 - rejection();
    }
}
