// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.switchgear.message.Address;
import io.switchgear.message.RecordedLog;
import io.switchgear.standalone.Switchgear;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be secret in an address or a request is in no message, log line or MBean. */
class ShownCredentialsTest {
    private static final String SECRET = "hunter2";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://pay:8080/api | http://pay:8080/api",
                "https://[::1]:8080/a%20b | https://[::1]:8080/a%20b",
                "http://my_pay | http://my_pay",
                "http:///api | http:///api",
                "/api | /api",
                "http://me@pay | http://***@pay",
                "http://me:hunter2@pay/api?x#y | http://***@pay/api?***#***",
                "http://me:h@unter2@pay | http://***@pay",
                "http://me:hunter2@pay:80 x | http://***",
                "http://me:12/hunter2@pay | http://***",
                "http://me:12?hunter2@pay | http://***",
                "http://me:12#hunter2@pay | http://***",
                "http://me:hunter2 | http://***",
                "http://pay/a hunter2 | http://***",
                "http://pay/\u202ehunter2 | http://***",
                "pay:hunter2 | pay:***",
                "hunter2 | ***",
                "/a@hunter2 | ***",
                "http:hunter2 | http:***"
            })
    void anAddressIsShownWithoutWhatMayBeSecret(String address, String shown) {
        assertThat(Address.shown(address)).isEqualTo(shown);
        assertThat(Address.origin(address)).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "a/", "%20"})
    void theLengthOfAnAddressDoesNotMatter(String part) {
        String path = "/" + part.repeat(100_000);
        assertThat(Address.shown("http://pay" + path)).startsWith("http://pay/");
        assertThat(Address.shown(path)).startsWith("/");
        assertThat(Address.origin("http://me:hunter2@pay" + path)).isEqualTo("http://***@pay");
        assertThat(Address.origin("http://" + "a:".repeat(100_000) + "hunter2@pay" + path))
                .isEqualTo("http://***@pay");
    }

    @Test
    void thePathOfAnotherAddressIsNotShown() {
        assertThat(Address.origin("https://me:x@pay:8080/reset/hunter2?t=hunter2"))
                .isEqualTo("https://***@pay:8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:hunter2@host:80 x",
                "http://me:hunter2@host",
                "http://hunter2@host",
                "http://host/?token=hunter2",
                "http://host/#hunter2",
                "http://me:hunter2@my_host",
                "http://me:hunt%er2@host",
                "http://me:hunter2@host:port",
                "http://me:[hunter2@host",
                "ftp://me:hunter2@host/",
                "me:hunter2@host"
            })
    void aConfiguredAddressIsRefusedWithoutItsPassword(String url) {
        String key = "switchgear.service.\"pay\".url";
        System.setProperty(key, url);
        try (RecordedLog log = new RecordedLog()) {
            assertThatThrownBy(() -> Switchgear.start("shown").close())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the url of service pay ")
                    .satisfies(ShownCredentialsTest::hidesTheSecret);
            assertThat(log.lines()).noneMatch(line -> line.contains(SECRET));
        } finally {
            System.clearProperty(key);
        }
    }

    @Test
    void aRefusedPathIsNotShown() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            for (String path : new String[] {
                "/../hunter2", "//hunter2", "/hunter2#", "/a hunter2", "/{hunter2}", "http://hunter2/", "/%zzhunter2"
            }) {
                Throwable refused = catchThrowable(() -> service.client.request("pay", path));
                assertThat(refused).as(path).isInstanceOf(IllegalArgumentException.class);
                hidesTheSecret(refused);
            }
        }
    }

    @Test
    void aRequestToAnotherAddressIsNotShown() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://me:hunter2@other/hunter2?hunter2"))
                    .build();
            Throwable refused = catchThrowable(() -> service.client.send("pay", request, BodyHandlers.ofString()));
            assertThat(refused).hasMessageEndingWith("but went to http://***@other");
            hidesTheSecret(refused);
        }
    }

    @Test
    void aFailedRequestIsShownByItsServiceAndMethodAlone() throws Exception {
        try (RecordedLog log = new RecordedLog();
                TestService service =
                        new TestService(RawBackend.hang(), s -> s.failureThreshold(1), TestService.timeout(200))) {
            HttpRequest request = service.client
                    .request("pay", "/reset/hunter2?token=hunter2")
                    .header("Authorization", "Bearer hunter2")
                    .PUT(BodyPublishers.ofString(SECRET))
                    .build();
            Throwable late = catchThrowable(() -> service.client.send("pay", request, BodyHandlers.ofString()));
            assertThat(late).hasMessage("pay: PUT took more than 200 ms");
            hidesTheSecret(late);
            assertThat(service.seen().lastFailure()).doesNotContain(SECRET);
            assertThat(service.breaker.snapshot().toString()).doesNotContain(SECRET);
            assertThat(log.lines()).noneMatch(line -> line.contains(SECRET));
        }
    }

    @Test
    void aStaleResponseIsShownWithoutItsAddress() throws Exception {
        try (TestService service = new TestService(
                RawBackend.ok("good"), s -> s, TestService.DEFAULTS.lastGoodTtl(Duration.ofMinutes(1)))) {
            service.send("/reset/hunter2");
            service.backend.always(RawBackend.status(503, ""));
            assertThat(service.send("/reset/hunter2"))
                    .isInstanceOf(StaleResponse.class)
                    .asString()
                    .doesNotContain(SECRET);
        }
    }

    private static void hidesTheSecret(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain(SECRET);
        }
    }
}
