// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.settings.ServiceSettings;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No response is kept, or used stale, against the rules of RFC 9111 for a cache that several users share. */
class KeptAgainstTheRulesTest {
    private static final ServiceSettings KEEPING = TestService.DEFAULTS.lastGoodTtl(Duration.ofMinutes(1));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cache-Control: no-store",
                "Cache-Control: NO-STORE",
                "Cache-Control: max-age=60 , no-store",
                "Cache-Control: no-cache",
                "Cache-Control: no-cache=\"Set-Cookie\"",
                "Cache-Control: private",
                "Cache-Control: must-revalidate",
                "Cache-Control: proxy-revalidate",
                "Cache-Control: s-maxage=600",
                "cache-control: public, s-maxage=600",
                "Vary: *",
                "Vary: Accept, *",
                "Vary: Authorization",
                "Vary: User-Agent",
                "Set-Cookie: a=b"
            })
    void theResponseForbidsIt(String header) throws Exception {
        try (TestService service = new TestService(RawBackend.ok("kept", header), s -> s, KEEPING)) {
            service.send("/x");
            assertNotKept(service, service.get("/x"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cache-Control: max-age=1",
                "Cache-Control: public",
                "Vary: Accept",
                "Cache-Control: stale-if-error=9"
            })
    void theResponseAllowsIt(String header) throws Exception {
        try (TestService service = new TestService(RawBackend.ok("kept", header), s -> s, KEEPING)) {
            service.send("/x");
            service.breaker.forceOpen("maintenance");
            assertThat(service.send("/x").body()).isEqualTo("kept");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cache-Control: no-store",
                "Cache-Control: No-Store",
                "Cache-Control: no-cache",
                "Cache-Control: max-age=0",
                "Cache-Control: min-fresh=5",
                "Pragma: no-cache",
                "Authorization: Bearer x",
                "Proxy-Authorization: Basic x",
                "Cookie: a=b"
            })
    void theRequestForbidsIt(String header) throws Exception {
        try (TestService service = new TestService(RawBackend.ok("kept"), s -> s, KEEPING)) {
            String[] parts = header.split(": ", 2);
            HttpRequest request = service.client
                    .request("pay", "/x")
                    .header(parts[0], parts[1])
                    .build();
            service.client.send("pay", request, BodyHandlers.ofString());
            assertNotKept(service, service.get("/x"));
            service.send("/x");
            assertNotKept(service, request);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 205, 207, 226, 299})
    void whatIsNoRepresentationOfTheAddressDoesNotReplaceTheOneThatIsKept(int status) throws Exception {
        try (TestService service = new TestService(RawBackend.ok("kept"), s -> s, KEEPING)) {
            service.send("/x");
            service.backend.always(RawBackend.status(status, "pending"));
            assertThat(service.send("/x").statusCode()).isEqualTo(status);
            service.send("/other");
            assertNotKept(service, service.get("/other"));
            service.breaker.forceOpen("maintenance");
            assertThat(service.send("/x").body()).isEqualTo("kept");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 203, 204})
    void aRepresentationIsKept(int status) throws Exception {
        try (TestService service = new TestService(RawBackend.status(status, ""), s -> s, KEEPING)) {
            service.send("/x");
            service.breaker.forceOpen("maintenance");
            assertThat(service.send("/x").statusCode()).isEqualTo(status);
        }
    }

    @Test
    void aPartIsNotKept() throws Exception {
        try (TestService service =
                new TestService(RawBackend.status(206, "ke", "Content-Range: bytes 0-1/4"), s -> s, KEEPING)) {
            HttpRequest part = service.client
                    .request("pay", "/x")
                    .header("Range", "bytes=0-1")
                    .build();
            service.client.send("pay", part, BodyHandlers.ofString());
            assertNotKept(service, part);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "DELETE", "PATCH"})
    void whatARequestMayHaveChangedIsNotUsed(String method) throws Exception {
        try (TestService service = new TestService(RawBackend.ok("kept"), s -> s, KEEPING)) {
            service.send("/x");
            service.send("/y");
            service.client.send("pay", change(service, method), BodyHandlers.ofString());
            assertNotKept(service, service.get("/x"));
            service.breaker.forceOpen("maintenance");
            assertThat(service.send("/y").body()).isEqualTo("kept");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "DELETE", "PATCH"})
    void whatARequestHasChangedIsNotUsedThoughTheBodyOfItsResponseBreaks(String method) throws Exception {
        try (TestService service = new TestService(RawBackend.ok("kept"), s -> s, KEEPING)) {
            service.send("/x");
            service.backend.next(RawBackend.cutBody("half"));
            assertThatThrownBy(() -> service.client.send("pay", change(service, method), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertNotKept(service, service.get("/x"));
        }
    }

    @Test
    void whatARefusedRequestHasNotChangedIsUsed() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("kept"), s -> s, KEEPING)) {
            service.send("/x");
            service.backend.next(RawBackend.status(409, ""));
            service.client.send("pay", change(service, "DELETE"), BodyHandlers.ofString());
            service.breaker.forceOpen("maintenance");
            assertThat(service.send("/x").body()).isEqualTo("kept");
        }
    }

    private static HttpRequest change(TestService service, String method) {
        return service.client
                .request("pay", "/x")
                .method(method, BodyPublishers.noBody())
                .build();
    }

    private static void assertNotKept(TestService service, HttpRequest request) {
        service.breaker.forceOpen("maintenance");
        assertThatThrownBy(() -> service.client.send("pay", request, BodyHandlers.ofString()))
                .hasMessage("pay is forced open: maintenance");
        service.breaker.reset();
    }
}
