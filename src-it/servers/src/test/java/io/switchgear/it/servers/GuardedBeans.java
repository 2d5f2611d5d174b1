// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static io.switchgear.status.CircuitState.CLOSED;
import static io.switchgear.status.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitOpenException;
import io.switchgear.it.servers.guarded.Backend;
import io.switchgear.it.servers.guarded.Booking;
import io.switchgear.it.servers.guarded.Catalogue;
import io.switchgear.it.servers.guarded.Ledger;
import io.switchgear.it.servers.guarded.Night;
import io.switchgear.it.servers.guarded.Post;
import io.switchgear.it.servers.guarded.Rates;
import io.switchgear.it.servers.guarded.Stock;
import io.switchgear.status.BreakerSnapshot;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests in the server, for each kind of archive with the beans of {@code io.switchgear.it.servers.guarded}. */
abstract class GuardedBeans {
    @Inject
    CircuitBreakers breakers;

    @Inject
    Backend backend;

    @Inject
    Catalogue catalogue;

    @Inject
    Stock stock;

    @Inject
    Post post;

    @Inject
    Rates rates;

    @Inject
    Ledger ledger;

    @Inject
    Booking booking;

    @Inject
    Night night;

    @BeforeEach
    void everythingWorks() {
        backend.repair();
        breakers.all().forEach(CircuitBreaker::reset);
    }

    @Test
    void anApplicationScopedBeanIsGuarded() {
        opensAtTheSecondFailure("Catalogue#find()", catalogue::find);
    }

    @Test
    void aStatelessSessionBeanIsGuarded() {
        opensAtTheSecondFailure("Stock#reserve()", stock::reserve);
    }

    @Test
    void anAsynchronousSessionBeanMethodIsGuarded() {
        opensAtTheSecondFailure("Post#send()", () -> post.send().get());
    }

    @Test
    void aStageIsJudgedWhenItCompletes() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        BreakerSnapshot before = snapshot("Rates#rate(CompletionStage)");

        CompletionStage<String> returned = rates.rate(slow);

        BreakerSnapshot pending = snapshot("Rates#rate(CompletionStage)");
        assertThat(pending.callsInFlight()).isEqualTo(1);
        assertThat(pending.calls()).isEqualTo(before.calls());

        slow.completeExceptionally(new IllegalStateException("too late"));

        BreakerSnapshot completed = snapshot("Rates#rate(CompletionStage)");
        assertThat(returned).isSameAs(slow);
        assertThat(completed.callsInFlight()).isZero();
        assertThat(completed.failures()).isEqualTo(before.failures() + 1);
    }

    @Test
    void aStageOfARejectedCallHasFailed() {
        CompletionStage<String> failed = CompletableFuture.failedStage(new IllegalStateException("no rates"));
        rates.rate(failed);
        rates.rate(failed);

        CompletionStage<String> rejected = rates.rate(failed);

        assertThat(snapshot("Rates#rate(CompletionStage)").state()).isEqualTo(OPEN);
        assertThat(backend.calls()).isEqualTo(2);
        assertThatThrownBy(() -> rejected.toCompletableFuture().get()).hasCauseInstanceOf(CircuitOpenException.class);
    }

    @Test
    void eachMethodOfAGuardedClassHasASeparateBreaker() {
        opensAtTheSecondFailure("Ledger#credit()", ledger::credit);

        assertThat(snapshot("Ledger#debit()").state()).isEqualTo(CLOSED);
        assertThatThrownBy(ledger::debit).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anAnnotationOnAMethodReplacesThatOfTheClass() {
        assertThat(snapshot("Ledger#credit()").settings().failureThreshold()).isEqualTo(2);
        assertThat(snapshot("Ledger#audit()").settings().failureThreshold()).isEqualTo(7);
    }

    @Test
    void aScopedResourceIsGuarded() {
        opensAtTheSecondFailure("Shelf#look()", () -> get("shelf"));
    }

    @Test
    void aResourceWithoutScopeIsGuarded() {
        opensAtTheSecondFailure("Kiosk#buy()", () -> get("kiosk"));
    }

    @Test
    void aRequestScopedBeanIsGuarded() {
        opensAtTheSecondFailure("Visit#greet()", () -> get("counter/visit"));
    }

    @Test
    void aPassivatingBeanIsGuarded() {
        opensAtTheSecondFailure("Basket#price()", () -> get("counter/basket"));
    }

    @Test
    void aRejectedCallRollsBackTheTransactionThatItsBeanHasJoined() {
        breakers.find("Stock#reserve()").orElseThrow().forceOpen("maintenance");

        Booking.Outcome outcome = booking.book();

        assertThat(outcome.failure()).isInstanceOf(CircuitOpenException.class);
        assertThat(outcome.rollbackOnly()).isTrue();
    }

    @Test
    void aFailedCallRollsTheTransactionBackAsItDoesWithoutABreaker() {
        backend.breakDown();

        Booking.Outcome outcome = booking.book();

        assertThat(outcome.failure()).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(outcome.rollbackOnly()).isTrue();
    }

    @Test
    void aTimerMethodIsGuarded() {
        backend.breakDown();
        long rejected = snapshot("Night#work(Timer)").rejected();

        // the server repeats a failed timeout by itself
        night.fall();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(snapshot("Night#work(Timer)").state()).isEqualTo(OPEN));
        night.fall();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(snapshot("Night#work(Timer)").rejected()).isGreaterThan(rejected));

        assertThat(backend.calls()).isEqualTo(2);
    }

    @Test
    void theBreakersAreMBeansOfTheApplication() throws Exception {
        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .getAttribute(
                                new ObjectName("io.switchgear:type=CircuitBreakers,application=guarded,name="
                                        + ObjectName.quote("Stock#reserve()")),
                                "FailureThreshold"))
                .isEqualTo(2);
    }

    private void opensAtTheSecondFailure(String name, Callable<String> call) {
        assertThat(resultOf(call)).isEqualTo("fine");
        backend.repair();
        backend.breakDown();
        long rejected = snapshot(name).rejected();

        assertThatThrownBy(call::call).isNotInstanceOf(CircuitOpenException.class);
        assertThat(snapshot(name).state()).isEqualTo(CLOSED);
        assertThatThrownBy(call::call).isNotInstanceOf(CircuitOpenException.class);
        assertThat(snapshot(name).state()).isEqualTo(OPEN);
        assertThat(snapshot(name).lastFailure()).isEqualTo(IllegalStateException.class.getName());

        assertThatThrownBy(call::call)
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isInstanceOf(CircuitOpenException.class),
                        thrown -> assertThat(thrown).hasCauseInstanceOf(CircuitOpenException.class),
                        thrown -> assertThat(thrown).hasMessage("503"));
        assertThat(snapshot(name).rejected()).isEqualTo(rejected + 1);
        // each call is intercepted once, and a rejected one does not reach the backend
        assertThat(backend.calls()).isEqualTo(2);
        assertThat(snapshot(name).consecutiveFailures()).isLessThanOrEqualTo(2);
    }

    private static String resultOf(Callable<String> call) {
        try {
            return call.call();
        } catch (Exception unexpected) {
            throw new AssertionError("the backend is up", unexpected);
        }
    }

    /** @throws IOException with the status as its message, unless that is 200 */
    private static String get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + System.getProperty("server.http.port") + "/guarded/" + path);
        var response =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(String.valueOf(response.statusCode()));
        }
        return response.body();
    }

    private BreakerSnapshot snapshot(String name) {
        return breakers.find(name).orElseThrow().snapshot();
    }
}
