// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.hanging.Service;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page whose service hangs does not slow the other pages of the server. */
@ArquillianTest
class HangingServiceIT {
    private static final int BROWSERS = 60;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final double MAX_RATIO = 1.2;
    /** What the scheduling of 60 clients on the server's own processors may add to a page that takes about as long. */
    private static final double NOISE_MILLIS = 5;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Thread> browsers = new ArrayList<>();
    private final LongAdder served = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private volatile boolean closing;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "hanging.war")
                .addPackage(Service.class.getPackage())
                .addAsLibrary(Archives.extension());
    }

    @AfterEach
    void closeBrowsers() throws InterruptedException {
        closing = true;
        browsers.forEach(Thread::interrupt);
        for (Thread browser : browsers) {
            browser.join(5_000);
        }
        assertThat(browsers).noneMatch(Thread::isAlive);
        // the threads of the server may all be waiting, and other requests after them
        await().atMost(Duration.ofSeconds(40)).ignoreExceptions().until(() -> post("repair") == 204);
    }

    @Test
    void otherPagesKeepTheirTimesWhileAGuardedServiceHangs() throws Exception {
        open("guarded", BROWSERS);
        round();
        List<Double> healthy = new ArrayList<>();
        List<Double> hanging = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            healthy.add(round());
            assertThat(post("hang")).isEqualTo(204);
            hanging.add(round());
            assertThat(post("repair")).isEqualTo(204);
            await().atMost(Duration.ofSeconds(10)).until(() -> get("guarded").statusCode() == 200);
        }
        System.out.printf(
                "p99 of another page, in ms: service healthy %.1f, hanging %.1f; %d pages served, %d unavailable%n",
                least(healthy), least(hanging), served.sum(), unavailable.sum());
        assertThat(unavailable.sum()).as("pages of the hanging service").isGreaterThan(ROUNDS * 10L);
        assertThat(least(hanging))
                .as("healthy %s, hanging %s", healthy, hanging)
                .isLessThanOrEqualTo(MAX_RATIO * least(healthy) + NOISE_MILLIS);
    }

    @Test
    void withoutAGuardNoPageIsServedWhileTheServiceHangs() throws Exception {
        assertThat(post("hang")).isEqualTo(204);
        int threadsOfTheServer = 16 * Runtime.getRuntime().availableProcessors();
        open("unguarded", threadsOfTheServer + 10);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatThrownBy(() -> get("quick")).isInstanceOf(HttpTimeoutException.class));
    }

    private void open(String page, int count) {
        for (int i = 0; i < count; i++) {
            Thread browser = new Thread(() -> browse(page));
            browsers.add(browser);
            browser.start();
        }
    }

    private void browse(String page) {
        try {
            while (!closing) {
                int status = client.send(request(page).build(), BodyHandlers.discarding())
                        .statusCode();
                (status == 200 ? served : unavailable).increment();
                Thread.sleep(ThreadLocalRandom.current().nextLong(200, 600));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (Exception failed) {
            if (!closing) {
                throw new AssertionError(page, failed);
            }
        }
    }

    /** Returns the 99th percentile of the time of another page, in milliseconds. */
    private double round() throws Exception {
        long end = System.nanoTime() + ROUND.toNanos();
        List<Long> nanos = new ArrayList<>();
        while (System.nanoTime() - end < 0) {
            long started = System.nanoTime();
            assertThat(get("quick").statusCode()).isEqualTo(200);
            nanos.add(System.nanoTime() - started);
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[sorted.length * 99 / 100] / 1e6;
    }

    /** Returns the time of the round that was disturbed least: other load on the machine only adds to it. */
    private static double least(List<Double> values) {
        return Collections.min(values);
    }

    private HttpResponse<String> get(String page) throws Exception {
        return client.send(request(page).timeout(Duration.ofSeconds(2)).build(), BodyHandlers.ofString());
    }

    private int post(String page) throws Exception {
        return client.send(
                        request(page)
                                .timeout(Duration.ofSeconds(2))
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpRequest.Builder request(String page) {
        return HttpRequest.newBuilder(Server.uri("hanging/" + page));
    }
}
