// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.simulation;

import io.switchgear.lab.simulation.Subject.Reply;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** A service. */
final class Backend {
    /** A request that waits for a thread of the service. */
    private static final class Waiting {
        final Reply reply;
        boolean over;

        Waiting(Reply reply) {
            this.reply = reply;
        }
    }

    private final VirtualTime time;
    private final Scenario scenario;
    private final Chance chance;
    private final Supplier<Script.Moment> script;
    private final long[] endpointNanos;
    private final int slowEndpoint;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private int inFlight;
    private int handled;
    // the theoretical arrival time of the next request within the capacity
    private double acceptedUntil;

    /** @param script the present moment of the script that this service follows */
    Backend(VirtualTime time, Scenario scenario, Chance chance, Supplier<Script.Moment> script) {
        this.time = time;
        this.scenario = scenario;
        this.chance = chance;
        this.script = script;
        this.endpointNanos = new long[scenario.latency().endpoints()];
        for (int i = 0; i < endpointNanos.length; i++) {
            endpointNanos[i] = random(scenario.latency());
        }
        this.slowEndpoint = endpointNanos.length == 0 ? -1 : chance.below(endpointNanos.length);
    }

    private long random(Scenario.Latency latency) {
        double nanos = latency.deviationNanos() == 0
                ? chance.exponential((double) latency.meanNanos())
                : chance.logNormal((double) latency.meanNanos(), (double) latency.deviationNanos());
        long max = latency.maxNanos() == 0 ? Long.MAX_VALUE : latency.maxNanos();
        return Math.min(max, Math.max(latency.minNanos(), (long) nanos));
    }

    /** Handles a request, or lets it wait for a thread. */
    void request(Reply reply) {
        if (scenario.serviceThreads() == 0 || inFlight < scenario.serviceThreads()) {
            handle(reply);
            return;
        }
        Waiting waiting = new Waiting(reply);
        queue.add(waiting);
        time.after(scenario.serviceQueueNanos(), () -> {
            if (!waiting.over) {
                waiting.over = true;
                reply.replied(false);
            }
        });
    }

    private void handle(Reply reply) {
        Script.Moment moment = script.get();
        Phase phase = moment.phase();
        boolean beyond = isBeyond(phase.capacityAt(moment.sinceBegin()));
        boolean fails = chance.happens(phase.failing()) || beyond || (phase.alternating() && handled++ % 2 == 1);
        long nanos = nanos(phase);
        if (fails) {
            nanos = (long) (nanos * scenario.latency().failsAfter());
        }
        if (nanos == 0) {
            reply.replied(!fails);
            return;
        }
        long limit = scenario.latency().limitNanos() == 0
                ? Long.MAX_VALUE
                : scenario.latency().limitNanos();
        boolean delivered = !fails && nanos <= limit;
        inFlight++;
        time.after(nanos, this::handled);
        time.after(Math.min(nanos, limit), () -> reply.replied(delivered));
    }

    /** Ends a request. The service has worked on it until now, even if its caller has given up. */
    private void handled() {
        inFlight--;
        while (!queue.isEmpty()) {
            Waiting next = queue.remove();
            if (!next.over) {
                next.over = true;
                handle(next.reply);
                return;
            }
        }
    }

    private long nanos(Phase phase) {
        Scenario.Latency latency = scenario.latency();
        long crowd = latency.perRequestNanos() * (inFlight + 1);
        if (endpointNanos.length == 0) {
            return (latency.meanNanos() == 0 ? 0 : random(latency)) + phase.slowerNanos() + crowd;
        }
        int endpoint = chance.below(endpointNanos.length);
        long slower = endpoint == slowEndpoint ? phase.endpointSlowerNanos() : 0;
        return endpointNanos[endpoint] + phase.slowerNanos() + slower + crowd;
    }

    /** Takes one request from the capacity (a generic cell rate algorithm with a tenth of a second at once). */
    private boolean isBeyond(double capacity) {
        if (capacity == Double.POSITIVE_INFINITY) {
            return false;
        }
        double each = VirtualTime.SECOND / capacity;
        double from = Math.max(acceptedUntil, (double) time.nanos());
        if (from - time.nanos() > Math.max(0, VirtualTime.SECOND / 10.0 - each)) {
            return true;
        }
        acceptedUntil = from + each;
        return false;
    }
}
