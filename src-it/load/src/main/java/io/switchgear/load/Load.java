// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

import static us.abstracta.jmeter.javadsl.JmeterDsl.httpSampler;
import static us.abstracta.jmeter.javadsl.JmeterDsl.jsr223PostProcessor;
import static us.abstracta.jmeter.javadsl.JmeterDsl.testPlan;
import static us.abstracta.jmeter.javadsl.JmeterDsl.threadGroup;
import static us.abstracta.jmeter.javadsl.JmeterDsl.throughputTimer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.jmeter.samplers.SampleResult;
import us.abstracta.jmeter.javadsl.core.threadgroups.DslDefaultThreadGroup;
import us.abstracta.jmeter.javadsl.core.timers.DslThroughputTimer.ThroughputMode;
import us.abstracta.jmeter.javadsl.http.DslHttpSampler;

/** The load: JMeter calls each service of the shop at the same steady rate, whatever the answers are. */
final class Load {
    private static final Duration MAX_WAIT = Duration.ofSeconds(3);

    private final URI shop;
    private final int callsPerSecond;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();

    /** @param callsPerSecond of each service */
    Load(URI shop, int callsPerSecond) {
        this.shop = shop;
        this.callsPerSecond = callsPerSecond;
    }

    /** Begins to call all services for this time; returns once there are calls. */
    CompletableFuture<List<Call>> start(Duration time)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<List<Call>> ended =
                CompletableFuture.supplyAsync(() -> run(time), task -> new Thread(task, "load").start());
        CompletableFuture.anyOf(begun, ended).get(1, TimeUnit.MINUTES);
        return ended;
    }

    private List<Call> run(Duration time) {
        try {
            testPlan(
                            group(Service.USERS, time, get("users/${__Random(1,4)}")),
                            group(Service.PRODUCTS, time, get("products")),
                            group(Service.ORDERS, time, put("orders/${__UUID()}", "{\"userId\": 1, \"productId\": 2}")),
                            group(Service.PAYMENTS, time, put("payments/${__UUID()}", "{\"cents\": 120}")))
                    .run();
            return List.copyOf(calls);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As many threads as there can be calls that wait, and more, so that those do not delay the next. */
    private DslDefaultThreadGroup group(Service service, Duration time, DslHttpSampler sampler) {
        int threads = (int) (callsPerSecond * (MAX_WAIT.toSeconds() + 1));
        return threadGroup(
                service.name(),
                threads,
                time,
                throughputTimer(60.0 * callsPerSecond).calculation(ThroughputMode.THREAD_GROUP_ACCURATE),
                sampler.responseTimeout(MAX_WAIT).children(jsr223PostProcessor(call -> add(service, call.prev))));
    }

    private DslHttpSampler get(String path) {
        return httpSampler(shop + "api/" + path);
    }

    private DslHttpSampler put(String path, String json) {
        return get(path)
                .method("PUT")
                .header("Content-Type", "application/json")
                .body(json);
    }

    private void add(Service service, SampleResult result) {
        calls.add(new Call(
                service,
                result.getStartTime(),
                result.getTime(),
                Result.of(result.getResponseCode()),
                result.getURL().getPath()));
        begun.complete(null);
    }
}
