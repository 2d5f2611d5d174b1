// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;

/** Runs the load against the shop, disturbs a backend phase by phase, and records what happens. */
final class Recorder {
    private static final long SAMPLE_MILLIS = 200;

    private final Server server;
    private final Path archives;
    private final int callsPerSecond;

    /**
     * @param archives the directory of the archives
     * @param callsPerSecond of each service
     */
    Recorder(Server server, Path archives, int callsPerSecond) {
        this.server = server;
        this.archives = archives;
        this.callsPerSecond = callsPerSecond;
    }

    /** Runs all phases of a form against a variant. */
    Recording record(Variant variant, Form form)
            throws IOException, InterruptedException, ExecutionException, TimeoutException, JMException {
        server.deploy(archives.resolve(variant.war()), variant.configuration());
        Shop shop = new Shop(server.control());
        try (JMXConnector connector = server.connect()) {
            for (Service service : Service.values()) {
                shop.change(service, Phase.NORMAL.conditions());
            }
            if (variant.hasTraffic()) {
                shop.empty();
            }
            shop.warmUp();
            Future<List<Call>> calls = new Load(server.shop(), callsPerSecond).start(form.length());
            Map<Phase, Long> starts = new EnumMap<>(Phase.class);
            List<Moment> moments = new ArrayList<>();
            for (Phase phase : form.phases()) {
                starts.put(phase, System.currentTimeMillis());
                shop.change(Service.DISTURBED, phase.conditions());
                observe(form.length(phase), connector.getMBeanServerConnection(), shop, moments);
            }
            long end = System.currentTimeMillis();
            List<Call> all = calls.get();
            return new Recording(variant, form, starts, end, all, moments, lostOrders(all, shop));
        } finally {
            server.undeploy();
        }
    }

    private static void observe(Duration time, MBeanServerConnection beans, Shop shop, List<Moment> moments)
            throws IOException, InterruptedException, JMException {
        ObjectName worker = new ObjectName("jboss.as:subsystem=io,worker=default");
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            int busyThreads = (int) beans.getAttribute(worker, "busyTaskThreadCount");
            long backendCalls = shop.calls(Service.DISTURBED);
            moments.add(new Moment(System.currentTimeMillis(), busyThreads, backendCalls));
            Thread.sleep(Math.min(SAMPLE_MILLIS, Math.max(0, (end - System.nanoTime()) / 1_000_000)));
        }
    }

    private static List<String> lostOrders(List<Call> calls, Shop shop) throws IOException, InterruptedException {
        List<String> lost = new ArrayList<>();
        for (Call call : calls) {
            if (call.service() == Service.ORDERS && call.result() == Result.SUCCEEDED && !shop.hasOrder(call.path())) {
                lost.add(call.path());
            }
        }
        return lost;
    }
}
