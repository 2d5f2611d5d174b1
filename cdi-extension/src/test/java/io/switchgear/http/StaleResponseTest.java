// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.settings.ServiceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a {@link StaleResponse} replaces a failure, and which responses are kept for that. */
class StaleResponseTest {
    private static final ServiceSettings KEEPING =
            new ServiceSettings(2_000, true, false, 10_000, 16_000_000, 60_000, 2);

    @Test
    void itReplacesAFailureAndStatesItsAge() throws Exception {
        try (TestService service = keeping(RawBackend.ok("good", "Age: 100", "Content-Type: text/plain"))) {
            assertThat(service.send("/x")).isNotInstanceOf(StaleResponse.class);
            service.backend.always(RawBackend.status(503, "broken"));
            HttpResponse<String> response = service.send("/x");
            assertThat(response.body()).isEqualTo("good");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain");
            assertThat(response.headers().allValues("Age")).containsExactly("100");
            assertThat(response).isInstanceOfSatisfying(StaleResponse.class, stale -> {
                assertThat(stale.age()).isEqualTo(Duration.ofSeconds(100));
                assertThat(stale.why()).isEqualTo("HTTP 503");
            });
            assertThat(service.totals().requests()).isEqualTo(2);
            assertThat(service.totals().failures()).isEqualTo(1);
            assertThat(service.totals().lastGoodHits()).isEqualTo(1);
            assertThat(service.breaker.snapshot().fallbacks()).isEqualTo(1);
        }
    }

    @Test
    void itReplacesABrokenConnectionAndARejection() throws Exception {
        try (TestService service = keeping(RawBackend.ok("good"))) {
            service.send("/x");
            service.backend.always(RawBackend.cutBody("ba"));
            assertThat(stale(service.send("/x")).why()).startsWith("java.io.IOException: ");
            service.breaker.forceOpen("maintenance");
            assertThat(stale(service.send("/x")).why())
                    .isEqualTo("io.switchgear.CircuitOpenException: pay is forced open: maintenance");
        }
    }

    @Test
    void itReplacesARequestThatWasCancelledAsTheBreakerOpened() throws Exception {
        try (TestService service = keeping(RawBackend.ok("good"))) {
            service.send("/x");
            service.backend.always(RawBackend.hang());
            CompletableFuture<HttpResponse<String>> pending = service.sendAsync("/x");
            until(() -> service.backend.requests().size() == 2);
            service.breaker.forceOpen("maintenance");
            assertThat(stale(pending.get(5, TimeUnit.SECONDS)).body()).isEqualTo("good");
        }
    }

    @Test
    void eachCallerGetsTheTypeThatItRequested() throws Exception {
        try (TestService service = keeping(RawBackend.ok("good"))) {
            service.send("/x");
            service.breaker.forceOpen("maintenance");
            byte[] bytes = service.client
                    .send("pay", service.get("/x"), BodyHandlers.ofByteArray())
                    .body();
            bytes[0] = '?';
            InputStream stream = service.client
                    .send("pay", service.get("/x"), BodyHandlers.ofInputStream())
                    .body();
            assertThat(stream).hasContent("good");
            Stream<String> lines = service.client
                    .send("pay", service.get("/x"), BodyHandlers.ofLines())
                    .body();
            assertThat(lines).containsExactly("good");
            assertThat(service.client
                            .send("pay", service.get("/x"), BodyHandlers.replacing(7))
                            .body())
                    .isEqualTo(7);
        }
    }

    @Test
    void anEmptyBodyIsUsedToo() throws Exception {
        try (TestService service = keeping(RawBackend.status(204, ""))) {
            service.send("/x");
            service.breaker.forceOpen("maintenance");
            assertThat(service.send("/x").statusCode()).isEqualTo(204);
        }
    }

    @Test
    void aHandlerThatThrowsOnItFailsTheCall() throws Exception {
        try (TestService service = keeping(RawBackend.ok("good"))) {
            service.send("/x");
            service.breaker.forceOpen("maintenance");
            assertThatThrownBy(() -> service.client.send("pay", service.get("/x"), head -> {
                        throw new IllegalStateException("no reader for this");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void nothingIsReplacedUnlessTheSettingSaysSo() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("good"))) {
            service.send("/x");
            service.backend.always(RawBackend.status(503, "broken"));
            assertThat(service.send("/x").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aStatusBelow500IsReturnedAsItIs() throws Exception {
        try (TestService service = keeping(RawBackend.ok("good"))) {
            service.send("/x");
            service.backend.always(RawBackend.status(404, "gone"));
            assertThat(service.send("/x").body()).isEqualTo("gone");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "Cookie"})
    void whatIsForOneUserIsNotKept(String header) throws Exception {
        try (TestService service = keeping(RawBackend.ok("secret"))) {
            HttpRequest request =
                    service.client.request("pay", "/me").header(header, "me").build();
            service.client.send("pay", request, BodyHandlers.ofString());
            notKept(service, request);
            notKept(service, service.get("/me"));
        }
    }

    @Test
    void anUnknownHeaderKeepsUsersApart() throws Exception {
        try (TestService service = keeping(RawBackend.ok("secret"))) {
            HttpRequest mine = with(service, "X-Api-Key", "mine");
            service.client.send("pay", mine, BodyHandlers.ofString());
            notKept(service, with(service, "X-Api-Key", "yours"));
            notKept(service, service.get("/me"));
            assertThat(service.client.send("pay", mine, BodyHandlers.ofString()).body())
                    .isEqualTo("secret");
        }
    }

    @Test
    void aHeaderThatIsNewEachTimeDoesNot() throws Exception {
        try (TestService service = keeping(RawBackend.ok("good"))) {
            service.client.send("pay", with(service, "traceparent", "1"), BodyHandlers.ofString());
            service.breaker.forceOpen("maintenance");
            assertThat(service.client
                            .send("pay", with(service, "traceparent", "2"), BodyHandlers.ofString())
                            .body())
                    .isEqualTo("good");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cache-Control: no-store",
                "Cache-Control: max-age=60, Private",
                "Cache-Control: no-cache",
                "Cache-Control: must-revalidate",
                "Vary: *",
                "Vary: Accept, Cookie",
                "Vary: traceparent",
                "Set-Cookie: session=4711"
            })
    void whatTheServiceForbidsToKeepIsNotKept(String header) throws Exception {
        try (TestService service = keeping(RawBackend.ok("secret", header))) {
            service.send("/x");
            notKept(service, service.get("/x"));
        }
    }

    @Test
    void whatMayBeKeptByItsHeadersIsKept() throws Exception {
        try (TestService service = keeping(RawBackend.ok("good", "Cache-Control: max-age=1", "Vary: Accept"))) {
            service.send("/x");
            service.breaker.forceOpen("maintenance");
            assertThat(stale(service.send("/x")).body()).isEqualTo("good");
        }
    }

    @Test
    void onlyAGetIsKept() throws Exception {
        try (TestService service = keeping(RawBackend.ok("good"))) {
            HttpRequest post = service.client
                    .request("pay", "/x")
                    .POST(HttpRequest.BodyPublishers.ofString("buy"))
                    .build();
            service.client.send("pay", post, BodyHandlers.ofString());
            notKept(service, post);
            notKept(service, service.get("/x"));
        }
    }

    @Test
    void theOldestOfTooManyIsDropped() throws Exception {
        try (TestService service = keeping(RawBackend.ok("good"))) {
            service.send("/1");
            service.send("/2");
            service.send("/3");
            service.backend.always(RawBackend.status(500, "broken"));
            assertThat(service.send("/1").statusCode()).isEqualTo(500);
            assertThat(service.send("/2").statusCode()).isEqualTo(200);
            assertThat(service.send("/3").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatIsTooLargeIsNotKeptButRead() throws Exception {
        try (TestService service = keeping(RawBackend.ok("x".repeat(BodyCopy.MAX_BYTES + 1)))) {
            assertThat(service.send("/x").body()).hasSize(BodyCopy.MAX_BYTES + 1);
            notKept(service, service.get("/x"));
        }
    }

    @Test
    void aStreamThatWasClosedEarlyIsNotKept() throws Exception {
        try (TestService service = keeping(RawBackend.ok("x".repeat(500_000)))) {
            service.client
                    .send("pay", service.get("/x"), BodyHandlers.ofInputStream())
                    .body()
                    .close();
            notKept(service, service.get("/x"));
        }
    }

    private static void notKept(TestService service, HttpRequest request) throws Exception {
        service.breaker.forceOpen("maintenance");
        assertThatThrownBy(() -> service.client.send("pay", request, BodyHandlers.ofString()))
                .hasMessage("pay is forced open: maintenance");
        service.breaker.reset();
    }

    private static HttpRequest with(TestService service, String name, String value) {
        return service.client.request("pay", "/me").header(name, value).build();
    }

    private static <T> StaleResponse<T> stale(HttpResponse<T> response) {
        assertThat(response).isInstanceOf(StaleResponse.class);
        return (StaleResponse<T>) response;
    }

    private static TestService keeping(RawBackend.Answer answer) throws IOException {
        return new TestService(answer, s -> s, KEEPING);
    }

    @Test
    void theResponseToOneBodyIsNotReturnedForAnother() throws Exception {
        try (TestService service = keeping(RawBackend.ok("result for alice"))) {
            service.client.send("pay", search(service, "alice"), BodyHandlers.ofString());
            service.backend.always(RawBackend.status(503, "broken"));
            assertThat(service.client
                            .send("pay", search(service, "bob"), BodyHandlers.ofString())
                            .body())
                    .isEqualTo("broken");
        }
    }

    private static HttpRequest search(TestService service, String body) {
        return service.client
                .request("pay", "/search")
                .method("GET", HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
