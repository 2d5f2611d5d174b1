// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.settings.ServiceSettings;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service that floods an HTTP/2 connection fails, and other services work. */
@Timeout(60)
class Http2FloodTest {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final ServiceSettings LIMITED = TestService.timeout(1_000).maxResponseBytes(100_000);

    static Stream<Map.Entry<String, Http2Backend.Answer>> floods() {
        return Stream.of(
                Map.entry("a header without an end", stream -> {
                    // a literal header whose name is longer than any frame
                    stream.flood(CONTINUATION, 0, false, new byte[16_000]);
                }),
                Map.entry("heads", stream -> stream.flood(HEADERS, 4, false, new byte[] {(byte) 0x88})),
                Map.entry(
                        "compressed garbage",
                        stream -> stream.flood(HEADERS, 4, false, new byte[] {-1, -1, -1, -1, -1})),
                Map.entry("data before a head", stream -> stream.flood(DATA, 0, false, new byte[1_000])),
                Map.entry("data of the connection", stream -> stream.flood(DATA, 0, true, new byte[1_000])),
                Map.entry("an unknown frame", stream -> stream.flood(99, 0, false, new byte[1_000])));
    }

    @ParameterizedTest
    @MethodSource("floods")
    void aFloodIsAFailure(Map.Entry<String, Http2Backend.Answer> flood) throws Exception {
        check(flood.getValue(), "");
    }

    @Test
    void anEndlessBodyIsAFailure() throws Exception {
        check(
                stream -> {
                    stream.begin();
                    stream.flood(DATA, 0, false, new byte[1_000]);
                },
                "has a response of more than 100000 bytes");
    }

    private static void check(Http2Backend.Answer answer, String message) throws Exception {
        try (Http2Backend backend = new Http2Backend(10, answer);
                TestService service = new TestService(RawBackend.ok("fine"), s -> s, LIMITED)) {
            service.registry.add("h2", backend.url(), LIMITED);
            HttpRequest request = service.client.request("h2", "/x").build();
            assertThatThrownBy(() -> service.client.send("h2", request, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(message);
            until(() -> service.seen().failures() == 1);
            assertThat(service.send("/x").body()).isEqualTo("fine");
        }
    }
}
