// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.switchgear.settings.ServiceSettings;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
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
                Map.entry("data of the connection", stream -> stream.flood(DATA, 0, true, new byte[1_000])));
    }

    @ParameterizedTest
    @MethodSource("floods")
    void aFloodIsAFailureLongBeforeTheTimeLimit(Map.Entry<String, Http2Backend.Answer> flood) throws Exception {
        assertThat(failure(flood.getValue(), 30_000))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void framesThatAreToBeIgnoredAreSoUntilTheTimeLimit() throws Exception {
        assertThat(failure(stream -> stream.flood(99, 0, false, new byte[1_000]), 1_000))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessage("h2: GET took more than 1000 ms");
    }

    @Test
    void anEndlessBodyIsAFailure() throws Exception {
        Http2Backend.Answer endless = stream -> {
            stream.begin();
            stream.flood(DATA, 0, false, new byte[1_000]);
        };
        assertThat(failure(endless, 30_000))
                .isInstanceOf(ResponseTooLargeException.class)
                .hasMessageStartingWith("h2: GET has a response of more than 100000 bytes; ");
    }

    private static Throwable failure(Http2Backend.Answer answer, long limitMillis) throws Exception {
        ServiceSettings settings = TestService.timeout(limitMillis).maxResponseBytes(100_000);
        try (Http2Backend backend = new Http2Backend(10, answer);
                TestService service = new TestService(RawBackend.ok("fine"))) {
            service.registry.add("h2", backend.url(), settings);
            HttpRequest request = service.client.request("h2", "/x").build();
            Throwable failure = catchThrowable(() -> service.client.send("h2", request, BodyHandlers.ofString()));
            until(() -> service.seen().failures() == 1);
            assertThat(service.send("/x").body()).isEqualTo("fine");
            return failure;
        }
    }
}
