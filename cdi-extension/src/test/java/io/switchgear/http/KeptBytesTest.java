// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.ServiceSettings;
import io.switchgear.time.TestTime;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Responses that are kept are bounded in bytes: body, headers and keys together. */
class KeptBytesTest {
    private static final URI PAY = URI.create("http://pay");
    private static final int MEGABYTE = 1024 * 1024;
    private static final Map<String, List<String>> NONE = Map.of();

    private final TestTime time = new TestTime();
    private final AtomicInteger services = new AtomicInteger(1);
    private final LastGoodResponses responses = new LastGoodResponses(services::get);
    private final ServiceSettings settings =
            ServiceSettings.defaults().lastGoodTtl(Duration.ofMinutes(1)).lastGoodMaxEntries(1_000_000);

    @Test
    void largeBodiesAreBounded() {
        keep(100, MEGABYTE, NONE);
        assertThat(responses.size()).isBetween(60, 64);
    }

    @Test
    void largeHeadersAreBounded() {
        keep(200, 1, Map.of("X", List.of("x".repeat(MEGABYTE))));
        assertThat(responses.size()).isBetween(25, 32);
    }

    @Test
    void veryManyHeadersAreBounded() {
        keep(200, 1, Map.of("X", Collections.nCopies(10_000, "y")));
        assertThat(responses.size()).isBetween(50, 65);
    }

    @Test
    void veryManySmallResponsesAreBounded() {
        keep(200_000, 1, NONE);
        assertThat(responses.size()).isBetween(100_000, 125_000);
    }

    @Test
    void theServicesOfAnApplicationShareTheRoom() {
        services.set(4);
        keep(100, MEGABYTE, NONE);
        assertThat(responses.size()).isEqualTo(15);
    }

    @Test
    void aResponseBeyondTheRoomIsNotKept() {
        services.set(1_000);
        keep(1, MEGABYTE, NONE);
        assertThat(responses.size()).isZero();
    }

    @Test
    void aResponseBeyondTheRoomEvictsNoOther() {
        services.set(100);
        keep(3, 1, NONE);
        responses.keep(key("/large"), response(MEGABYTE, NONE), settings);
        responses.keep(key("/0"), response(MEGABYTE, NONE), settings);
        assertThat(responses.size()).isEqualTo(3);
        assertThat(responses.find(key("/0"), settings, time.nanos()).body().bytes())
                .hasSize(1);
    }

    @Test
    void aServiceThatIsAddedTakesItsRoomFromTheOthersAtOnce() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("unused"), s -> s, settings)) {
            LastGoodResponses ofPay = service.registry.service("pay").lastGood();
            for (int i = 0; i < 100; i++) {
                ofPay.keep(key("/" + i), response(MEGABYTE, NONE), settings);
            }
            assertThat(ofPay.size()).isEqualTo(63);
            for (int i = 2; i <= 4; i++) {
                service.registry.add("service " + i, PAY);
            }
            assertThat(ofPay.size()).isEqualTo(15);
        }
    }

    @Test
    void theRoomIsFreeAgainWhenResponsesAreReplacedExpireOrAreInvalidated() {
        StoredResponse large = response(MEGABYTE, NONE);
        for (int i = 0; i < 1_000; i++) {
            responses.keep(key("/same"), large, settings);
            responses.keep(key("/" + i), large, settings);
            responses.invalidate(PAY.resolve("/" + i));
        }
        assertThat(responses.size()).isEqualTo(1);
        keep(100, MEGABYTE, NONE);
        assertThat(responses.size()).isBetween(60, 64);
        time.advanceMillis(60_001);
        for (int i = 0; i < 100; i++) {
            assertThat(responses.find(key("/" + i), settings, time.nanos())).isNull();
        }
        assertThat(responses.size()).isZero();
        keep(100, MEGABYTE, NONE);
        assertThat(responses.size()).isBetween(60, 64);
    }

    @Test
    void noResponseIsKeptForALargeKey() {
        assertThat(RequestKey.of(request("/" + "x".repeat(8_000)).build())).isNotNull();
        assertThat(RequestKey.of(request("/" + "x".repeat(300_000)).build())).isNull();
        assertThat(RequestKey.of(request("/").header("X", "x".repeat(300_000)).build()))
                .isNull();
        HttpRequest.Builder many = request("/");
        for (int i = 0; i < 1_000; i++) {
            many.header("X" + i, "");
        }
        assertThat(RequestKey.of(many.build())).isNull();
    }

    private void keep(int count, int bodyBytes, Map<String, List<String>> headers) {
        StoredResponse response = response(bodyBytes, headers);
        for (int i = 0; i < count; i++) {
            responses.keep(key("/" + i), response, settings);
        }
    }

    private static RequestKey key(String path) {
        return RequestKey.of(request(path).build());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(PAY.resolve(path));
    }

    private StoredResponse response(int bytes, Map<String, List<String>> headers) {
        BodyCopy body = new BodyCopy();
        body.add(List.of(ByteBuffer.allocate(bytes)));
        body.complete();
        HttpHeaders all = HttpHeaders.of(headers, (name, value) -> true);
        return new StoredResponse(PAY, 200, all, Version.HTTP_1_1, body, time.nanos(), 0);
    }
}
