// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.CircuitOpenException;
import io.switchgear.http.PendingCancelledException;
import io.switchgear.http.RawBackend;
import io.switchgear.http.RawBackendLine;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.CircuitState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP services that misbehave, called from an application in the server. Each test has a separate service. */
@ArquillianTest
@Timeout(60)
class HttpClientIT extends ServiceCalls {
    private static final long LIMIT_MILLIS = 500;
    private static final long FAR_MILLIS = 30_000;
    private static final int CALLS = 10_000;

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "calling.war")
                .addClasses(HttpClientIT.class, ServiceCalls.class, Threads.class)
                .addClasses(RawBackend.class, RawBackendLine.class)
                .addAsWebResource(new StringAsset("from the server itself"), "page.txt")
                .addAsResource(
                        new StringAsset("""
                        switchgear.service."configured".url = %s
                        switchgear.service."configured".max-retry-after-millis = 7000
                        switchgear.breaker."configured".failure-threshold = 77
                        switchgear.default.retry.max-attempts = 1
                        switchgear.retry."busy".max-attempts = 2
                        switchgear.retry."outage".max-attempts = 3
                        """.formatted(Server.uri("calling"))),
                        "META-INF/microprofile-config.properties")
                .addAsLibrary(Archives.extension())
                .addAsLibraries(Archives.testLibraries());
    }

    @Test
    void aConfiguredServiceIsCalled() throws Exception {
        name = "configured";
        assertThat(get("/page.txt").body()).isEqualTo("from the server itself");
        assertThat(totals().settings().maxRetryAfterMillis()).isEqualTo(7_000);
        assertThat(breaker().settings().failureThreshold()).isEqualTo(77);
        assertThat(breaker().successes()).isEqualTo(1);
    }

    @Test
    void handlersSeeTheClassesOfTheApplication() throws Exception {
        service("loader", RawBackend.ok("fine"), FAR_MILLIS);
        Class<?> seen = client.send(
                        name,
                        client.request(name, "/x").build(),
                        head -> HttpResponse.BodySubscribers.replacing(loadedByThread()))
                .body();
        assertThat(seen).isSameAs(HttpClientIT.class);
    }

    @Test
    void dependentStagesSeeTheClassesOfTheApplication() throws Exception {
        service("followed", RawBackend.hold(RawBackend.ok("fine")), FAR_MILLIS);
        CompletableFuture<Class<?>> seen = begin("/x").thenApply(response -> loadedByThread());
        await().atMost(SOON).until(() -> backend.held() == 1);
        backend.release();
        assertThat(seen.get()).isSameAs(HttpClientIT.class);
    }

    /** Returns this class as the class loader of the present thread knows it, which is not always the application's. */
    private static Class<?> loadedByThread() {
        try {
            return Thread.currentThread().getContextClassLoader().loadClass(HttpClientIT.class.getName());
        } catch (ClassNotFoundException unknown) {
            throw new AssertionError(unknown);
        }
    }

    // ---- one call that fails

    @Test
    void aServiceThatHangsFailsAtTheLimit() throws Exception {
        service("hanging", RawBackend.hang(), LIMIT_MILLIS);
        assertThat(millisUntilFailureWith(HttpTimeoutException.class)).isBetween(LIMIT_MILLIS, LIMIT_MILLIS + 5_000);
        await().atMost(SOON).until(() -> backend.hungUp().equals(List.of("/x")));
    }

    @Test
    void aServiceThatHangsInABodyFailsAtTheLimit() throws Exception {
        service("hanging in body", RawBackend.hangInBody("half"), LIMIT_MILLIS);
        assertThat(millisUntilFailureWith(HttpTimeoutException.class)).isBetween(LIMIT_MILLIS, LIMIT_MILLIS + 5_000);
        await().atMost(SOON).until(() -> backend.hungUp().equals(List.of("/x")));
    }

    @Test
    void aServiceThatIsSlowFailsAtTheLimit() throws Exception {
        service("slow", RawBackend.slowBody("x".repeat(1_000), 30), LIMIT_MILLIS);
        assertThat(millisUntilFailureWith(HttpTimeoutException.class)).isBetween(LIMIT_MILLIS, LIMIT_MILLIS + 5_000);
        await().atMost(SOON).until(() -> backend.hungUp().equals(List.of("/x")));
    }

    @Test
    void aServiceThatResetsConnectionsFailsBeforeTheLimit() throws Exception {
        service("reset", RawBackend.reset(), FAR_MILLIS);
        assertThat(millisUntilFailureWith(IOException.class)).isLessThan(FAR_MILLIS);
    }

    @Test
    void aServiceThatResetsConnectionsInABodyFailsBeforeTheLimit() throws Exception {
        service("reset in body", RawBackend.resetInBody("half"), FAR_MILLIS);
        assertThat(millisUntilFailureWith(IOException.class)).isLessThan(FAR_MILLIS);
    }

    @Test
    void aServiceThatClosesItsSideOnlyFailsBeforeTheLimit() throws Exception {
        service("half closed", RawBackend.halfClose(), FAR_MILLIS);
        assertThat(millisUntilFailureWith(IOException.class)).isLessThan(FAR_MILLIS);
        await().atMost(SOON).until(() -> backend.hungUp().contains("/x"));
    }

    /** Calls the service, which fails once, and checks that no connection stays open on its side. */
    private long millisUntilFailureWith(Class<? extends IOException> type) {
        long started = System.nanoTime();
        assertThatThrownBy(() -> get("/x")).isInstanceOf(type);
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        assertThat(breaker().failures()).isEqualTo(1);
        assertThat(breaker().callsInFlight()).isZero();
        assertThat(totals().pendingRequests()).isZero();
        await().atMost(SOON).until(() -> backend.open() == 0);
        return millis;
    }

    @Test
    void aBusyServiceIsCalledAgainAfterItsRetryAfter() throws Exception {
        service("busy", RawBackend.ok("fine"), FAR_MILLIS);
        backend.next(RawBackend.status(503, "later", "Retry-After: 1"));
        long started = System.nanoTime();
        assertThat(get("/x").body()).isEqualTo("fine");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(Duration.ofSeconds(1), SOON);
        assertThat(backend.requests()).hasSize(2);
        assertThat(breaker().failures()).isEqualTo(1);
        assertThat(breaker().successes()).isEqualTo(1);
        assertThat(totals().retries()).isEqualTo(1);
    }

    @Test
    void notFoundIsNotAFailure() throws Exception {
        service("not found", RawBackend.status(404, "nothing here"), FAR_MILLIS);
        assertThat(get("/x").statusCode()).isEqualTo(404);
        assertThat(breaker().failures()).isZero();
        assertThat(breaker().successes()).isEqualTo(1);
        assertThat(totals().failures()).isZero();
    }

    // ---- requests that are pending when the breaker opens

    @Test
    void connectionsOfPendingRequestsAreClosedWhenTheBreakerOpens() throws Exception {
        breakers.create("opening", opensAtOnce());
        service("opening", RawBackend.hang(), FAR_MILLIS);
        List<String> paths = paths();
        var pending = paths.stream().map(this::begin).toList();
        await().atMost(SOON).until(() -> backend.requests().size() == AT_ONCE);

        backend.always(RawBackend.status(500, "broken"));
        assertThat(get("/last-straw").statusCode()).isEqualTo(500);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(backend.hungUp()).containsExactlyInAnyOrderElementsOf(paths));
        assertThat(pending)
                .allSatisfy(response -> assertThat(response)
                        .failsWithin(SOON)
                        .withThrowableOfType(ExecutionException.class)
                        .withCauseInstanceOf(PendingCancelledException.class));
        assertThat(totals().cancelled()).isEqualTo(AT_ONCE);
        assertThat(totals().pendingRequests()).isZero();
        assertThat(breaker().failures()).isEqualTo(1);
        // the connection of the completed request may serve another one
        assertThat(backend.open()).isLessThanOrEqualTo(1);
    }

    @Test
    void pendingRequestsStayWhenTheBreakerOpensIfTheSettingSaysSo() throws Exception {
        breakers.create("opening softly", opensAtOnce());
        service(
                "opening softly",
                RawBackend.hold(RawBackend.ok("late but fine")),
                settings(FAR_MILLIS).cancelPendingWhenOpen(false));
        var pending = paths().stream().map(this::begin).toList();
        await().atMost(SOON).until(() -> backend.held() == AT_ONCE);

        backend.always(RawBackend.status(500, "broken"));
        assertThat(get("/last-straw").statusCode()).isEqualTo(500);
        assertThat(breaker().state()).isEqualTo(CircuitState.OPEN);
        backend.release();

        assertThat(pending)
                .allSatisfy(response -> assertThat(response.get().body()).isEqualTo("late but fine"));
        assertThat(backend.hungUp()).isEmpty();
        assertThat(totals().cancelled()).isZero();
    }

    private static BreakerSettings opensAtOnce() {
        return BreakerSettings.builder().failureThreshold(1).build();
    }

    private static List<String> paths() {
        return IntStream.range(0, AT_ONCE).mapToObj(number -> "/" + number).toList();
    }

    // ---- an outage

    @Test
    void tenThousandCallsThroughAnOutageLeaveNoThreadAndNoConnection() throws Exception {
        breakers.create(
                "outage",
                BreakerSettings.builder().openMillis(50).successThreshold(1).build());
        service("outage", RawBackend.ok("fine"), FAR_MILLIS);
        backend.onlyCount();
        get("/x");
        long selecting = Threads.named("HttpClient-");
        int connections = connectionsWithAllInUse();
        // the threads of these calls still exist; any further ones would be left behind
        int allThreads = ManagementFactory.getThreadMXBean().getThreadCount();

        call(CALLS / 2);
        assertThat(breaker().failures()).isZero();
        var lost = hold(AT_ONCE);
        backend.refuse();
        assertThat(lost).allSatisfy(response -> assertThat(response).failsWithin(SOON));
        call(CALLS / 4);
        assertThat(breaker().state()).isNotEqualTo(CircuitState.CLOSED);
        backend.always(RawBackend.ok("fine"));
        backend.accept();
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(IOException.class)
                .ignoreExceptionsInstanceOf(CircuitOpenException.class)
                .until(() -> get("/x").body().equals("fine"));
        long failures = breaker().failures();
        call(CALLS / 4);

        assertThat(breaker().failures()).isEqualTo(failures);
        assertThat(breaker().callsInFlight()).isZero();
        assertThat(totals().pendingRequests()).isZero();
        assertThat(totals().requests()).isGreaterThanOrEqualTo(CALLS);
        assertThat(connectionsWithAllInUse()).isEqualTo(connections);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                                .isLessThanOrEqualTo(allThreads));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Threads.named("switchgear-http-")).isZero());
        assertThat(Threads.named("HttpClient-")).isLessThanOrEqualTo(selecting);
    }

    // ---- the MBean of a service

    @Test
    void aServiceIsAnMBeanWithSettings() throws Exception {
        breakers.create("shown", opensAtOnce());
        service("shown", RawBackend.hold(RawBackend.ok("fine")), FAR_MILLIS);
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName shown = new ObjectName("io.switchgear:type=Services,application=calling,name=\"shown\"");
        Callable<Object> pending = () -> server.getAttribute(shown, "PendingRequests");
        assertThat(server.getAttribute(shown, "Url")).isEqualTo(backend.url().toString());
        assertThat(server.getAttribute(shown, "RequestTimeoutMillis")).isEqualTo(FAR_MILLIS);
        CompletableFuture<HttpResponse<String>> before = begin("/before");
        await().atMost(SOON).until(() -> backend.held() == 1);
        assertThat(pending.call()).isEqualTo(1);

        server.setAttribute(shown, new Attribute("CancelPendingWhenOpen", false));
        server.setAttribute(shown, new Attribute("RequestTimeoutMillis", LIMIT_MILLIS));
        assertThatThrownBy(() -> get("/x"))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessage("shown: GET took more than " + LIMIT_MILLIS + " ms");

        assertThat(server.getAttribute(shown, "FailuresTotal")).isEqualTo(1L);
        assertThat(server.getAttribute(shown, "CancelledTotal")).isEqualTo(0L);
        assertThat(server.getAttribute(shown, "LastFailure")).isEqualTo(HttpTimeoutException.class.getName());
        assertThat(pending.call()).isEqualTo(1);
        backend.release();
        assertThat(before.get().body()).isEqualTo("fine");
        assertThat(pending.call()).isEqualTo(0);
        assertThat(server.getAttribute(shown, "RequestsTotal")).isEqualTo(2L);
    }

    @Test
    void theMBeanOfAServiceCountsCancelledRequests() throws Exception {
        service("counted", RawBackend.hang(), FAR_MILLIS);
        CompletableFuture<HttpResponse<String>> pending = begin("/x");
        await().atMost(SOON).until(() -> backend.requests().size() == 1);
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        server.invoke(
                new ObjectName("io.switchgear:type=CircuitBreakers,application=calling,name=\"counted\""),
                "forceOpen",
                new Object[] {"maintenance"},
                new String[] {String.class.getName()});
        assertThat(pending)
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(PendingCancelledException.class);
        ObjectName counted = new ObjectName("io.switchgear:type=Services,application=calling,name=\"counted\"");
        assertThat(server.getAttribute(counted, "CancelledTotal")).isEqualTo(1L);
        assertThat(server.getAttribute(counted, "FailuresTotal")).isEqualTo(0L);
    }
}
