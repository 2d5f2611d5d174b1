// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A response that does not end, or is longer than {@code maxResponseBytes}, ends early and is a failure. */
@Timeout(60)
class EndlessResponseTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final ServiceSettings LIMITED = TestService.timeout(20_000).maxResponseBytes(100_000);
    private static final String TOO_LARGE =
            "pay: GET has a response of more than 100000 bytes; raise maxResponseBytes of"
                    + " the service if it may be that long";

    /** Sends {@code start}, and then {@code again} until the client closes the connection. */
    private static RawBackend.Answer endless(String start, String again) {
        String many = again.repeat(8_192 / again.length() + 1);
        return line -> {
            line.send(start);
            while (true) {
                line.send(many);
            }
        };
    }

    private static RawBackend.Answer then(String text) {
        return line -> {
            line.send(text);
            return line.pause(Long.MAX_VALUE);
        };
    }

    static Stream<Map.Entry<String, RawBackend.Answer>> endlessBodies() {
        return Stream.of(
                Map.entry("small chunks", endless(CHUNKED, "8\r\nendless!\r\n")),
                Map.entry("one chunk of 2 GB", endless(CHUNKED + "7fffffff\r\n", "x")),
                Map.entry("a length of 2 GB", endless(OK + "Content-Length: 2147483647\r\n\r\n", "x")),
                Map.entry("a length beyond a long", endless(OK + "Content-Length: 9223372036854775807\r\n\r\n", "x")),
                Map.entry("no length", endless("HTTP/1.0 200 OK\r\n\r\n", "x")),
                Map.entry("a failure", endless("HTTP/1.1 500 Oh\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")));
    }

    @ParameterizedTest
    @MethodSource("endlessBodies")
    void anEndlessBodyIsAFailureAndClosesItsConnection(Map.Entry<String, RawBackend.Answer> body) throws Exception {
        try (TestService service = new TestService(body.getValue(), s -> s, LIMITED)) {
            tooLarge(service, BodyHandlers.ofString());
            tooLarge(service, BodyHandlers.ofByteArray());
            tooLarge(service, BodyHandlers.discarding());
            tooLarge(service, BodyHandlers.ofLines());
            works(service, 4);
        }
    }

    @Test
    void connectionsOfEndlessBodiesDoNotPileUp() throws Exception {
        try (TestService service =
                new TestService(endless(CHUNKED, "8\r\nendless!\r\n"), s -> s.failureThreshold(1_000), LIMITED)) {
            for (int i = 0; i < 25; i++) {
                tooLarge(service, BodyHandlers.ofString());
                tooLarge(service, BodyHandlers.ofLines());
            }
            until(() -> service.backend.open() == 0);
        }
    }

    @Test
    void aBodyThatIsReadAsAStreamIsLimitedToo() throws Exception {
        try (TestService service = new TestService(endless(CHUNKED, "8\r\nendless!\r\n"), s -> s, LIMITED)) {
            InputStream body = service.client
                    .send("pay", service.get("/x"), BodyHandlers.ofInputStream())
                    .body();
            assertThatThrownBy(body::readAllBytes).hasStackTraceContaining(TOO_LARGE);
            works(service, 1);
        }
    }

    @Test
    void aFileIsLimitedToo(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("download");
        try (TestService service = new TestService(endless(CHUNKED, "8\r\nendless!\r\n"), s -> s, LIMITED)) {
            tooLarge(service, BodyHandlers.ofFile(file));
            assertThat(file.toFile().length()).isLessThanOrEqualTo(100_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100001", "2147483648", "000000000000000000000100001", "999999999999999999"})
    void anAnnouncedLengthIsJudgedBeforeAByteIsRead(String length) throws Exception {
        try (TestService service =
                new TestService(then(OK + "Content-Length: " + length + "\r\n\r\n"), s -> s, LIMITED)) {
            tooLarge(service, BodyHandlers.ofString());
            tooLarge(service, BodyHandlers.ofInputStream());
            works(service, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "99999999999999999999"})
    void aLengthThatIsNoNumberIsAFailure(String length) throws Exception {
        try (TestService service =
                new TestService(then(OK + "Content-Length: " + length + "\r\n\r\n"), s -> s, LIMITED)) {
            assertThatThrownBy(() -> service.send("/x")).isInstanceOf(IOException.class);
            assertThat(service.seen().failures()).isEqualTo(1);
            assertThat(service.seen().ignored()).isZero();
        }
    }

    @Test
    void aBodyOfTheLimitIsFine() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("x".repeat(100_000)), s -> s, LIMITED)) {
            assertThat(service.send("/x").body()).hasSize(100_000);
            service.backend.always(RawBackend.ok("x".repeat(100_001)));
            tooLarge(service, BodyHandlers.ofString());
        }
    }

    @Test
    void theLengthOfABodyThatIsNotSentIsNotJudged() throws Exception {
        try (TestService service = new TestService(then(OK + "Content-Length: 999999\r\n\r\n"), s -> s, LIMITED)) {
            HttpResponse<String> head = service.client.send(
                    "pay",
                    service.client
                            .request("pay", "/x")
                            .method("HEAD", BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(head.headers().firstValue("Content-Length")).hasValue("999999");
            assertThat(new BodyLimit("pay", "GET", 200, 10).isExceededBy(head.headers()))
                    .isTrue();
            assertThat(new BodyLimit("pay", "GET", 304, 10).isExceededBy(head.headers()))
                    .isFalse();
        }
    }

    @Test
    void theLimitCanBeChangedWhileTheServiceIsInUseAndSwitchedOff() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("x".repeat(200_000)), s -> s, LIMITED)) {
            tooLarge(service, BodyHandlers.ofString());
            service.registry.find("pay").orElseThrow().by("test").update(s -> s.maxResponseBytes(200_000));
            assertThat(service.send("/x").body()).hasSize(200_000);
            service.registry.find("pay").orElseThrow().by("test").update(s -> s.maxResponseBytes(0));
            assertThat(service.send("/x").body()).hasSize(200_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 599})
    void aFailureHasAShorterBodySinceNoPermitIsHeldForIt(int status) throws Exception {
        try (TestService service = new TestService(RawBackend.status(status, "x".repeat(1_000_000)))) {
            assertThat(service.send("/x").body()).hasSize(1_000_000);
            service.backend.always(RawBackend.status(status, "x".repeat(1_000_001)));
            assertThatThrownBy(() -> service.send("/x"))
                    .isInstanceOf(ResponseTooLargeException.class)
                    .hasMessage("pay: GET has a response of more than 1000000 bytes; with a status of " + status
                            + " it may be no longer");
            assertThat(service.seen().failures()).isEqualTo(2);
            service.registry.find("pay").orElseThrow().by("test").update(s -> s.maxResponseBytes(0));
            assertThat(service.send("/x").body()).hasSize(1_000_001);
            service.backend.always(RawBackend.status(499, "x".repeat(1_000_001)));
            service.registry.find("pay").orElseThrow().by("test").update(s -> s.maxResponseBytes(16_000_000));
            assertThat(service.send("/x").body()).hasSize(1_000_001);
        }
    }

    @Test
    void itIsNotRetriedButTheLastGoodResponseReplacesIt() throws Exception {
        RetrySettings retries = RetrySettings.defaults().delay(Duration.ZERO);
        ServiceSettings settings = LIMITED.lastGoodTtl(Duration.ofMinutes(1));
        try (TestService service = new TestService(RawBackend.ok("good"), s -> s, settings, retries)) {
            service.send("/x");
            service.backend.always(RawBackend.ok("x".repeat(100_001)));
            assertThat(service.send("/x").body()).isEqualTo("good");
            assertThat(service.backend.answered()).isEqualTo(2);
            assertThat(service.totals().retries()).isZero();
        }
    }

    @Test
    void aSlowDripEndsAtTheTimeLimit() throws Exception {
        try (TestService service =
                new TestService(RawBackend.slowBody("x".repeat(10_000), 20), s -> s, TestService.timeout(300))) {
            assertThatThrownBy(() -> service.send("/x")).isInstanceOf(HttpTimeoutException.class);
            works(service, 1);
        }
    }

    static Stream<Map.Entry<String, RawBackend.Answer>> endlessHeads() {
        String upgrade = "HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
        return Stream.of(
                Map.entry("one header", endless(OK + "X: ", "x")),
                Map.entry("headers", endless(OK, "Xa: y\r\n")),
                Map.entry("a folded header", endless(OK + "Xa: y\r\n", " y\r\n")),
                Map.entry("a status line", endless("HTTP/1.1 200 ", "y")),
                Map.entry("interim responses", endless("", "HTTP/1.1 103 Early\r\nLink: x\r\n\r\n")),
                Map.entry("no HTTP", endless("", "\u0000\u0001garbage")),
                Map.entry("an upgrade to no HTTP/2", endless(upgrade, "garbage")),
                Map.entry(
                        "an upgrade that was not requested", endless(upgrade.replace("h2c", "websocket"), "garbage")));
    }

    @ParameterizedTest
    @MethodSource("endlessHeads")
    void anEndlessHeadIsAFailureLongBeforeTheTimeLimit(Map.Entry<String, RawBackend.Answer> head) throws Exception {
        try (TestService service = new TestService(head.getValue(), s -> s, LIMITED)) {
            assertThatThrownBy(() -> service.send("/x")).isInstanceOf(ProtocolException.class);
            works(service, 1);
        }
    }

    @Test
    void anEndlessTrailerEndsTheRequestInTime() throws Exception {
        RawBackend.Answer trailer = endless(CHUNKED + "4\r\ngood\r\n0\r\n", "Xa: y\r\n");
        try (TestService service = new TestService(trailer, s -> s, TestService.timeout(500))) {
            // versions of the JDK differ in whether a trailer is a fault
            assertThat(service.sendAsync("/x")
                            .handle((response, thrown) -> "ended")
                            .get(10, TimeUnit.SECONDS))
                    .isEqualTo("ended");
            assertThat(service.health().pendingRequests()).isZero();
            service.backend.always(RawBackend.ok("fine"));
            assertThat(service.send("/y").body()).isEqualTo("fine");
        }
    }

    @Test
    void aRedirectToItselfIsReturnedAndNotFollowed() throws Exception {
        try (TestService service = new TestService(RawBackend.status(302, "", "Location: /x"))) {
            assertThat(service.send("/x").statusCode()).isEqualTo(302);
            assertThat(service.backend.answered()).isEqualTo(1);
        }
    }

    private static <T> void tooLarge(TestService service, BodyHandler<T> handler) {
        long before = service.seen().failures();
        assertThatThrownBy(() -> {
                    HttpResponse<T> response = service.client.send("pay", service.get("/x"), handler);
                    // lines are read by the caller
                    ((Stream<?>) response.body()).forEach(line -> {});
                })
                .hasStackTraceContaining(TOO_LARGE);
        until(() -> service.seen().failures() == before + 1);
    }

    private static void works(TestService service, int failures) throws Exception {
        until(() -> service.seen().failures() == failures);
        assertThat(service.seen().ignored()).isZero();
        assertThat(service.health().pendingRequests()).isZero();
        service.backend.always(RawBackend.ok("fine"));
        assertThat(service.send("/y").body()).isEqualTo("fine");
    }
}
