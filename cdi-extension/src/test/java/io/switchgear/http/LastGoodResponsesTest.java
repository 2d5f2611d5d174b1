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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastGoodResponsesTest {
    private static final URI PAY = URI.create("http://pay");

    private final TestTime time = new TestTime();
    private final LastGoodResponses responses = new LastGoodResponses(() -> 1);
    private final ServiceSettings settings = new ServiceSettings(1, true, false, 0, 16_000_000, 1_000, 1_000);

    @Test
    void aResponseIsUsedForItsTimeAndNoLonger() {
        responses.keep(key(1), response(1), settings);
        time.advanceMillis(1_000);
        assertThat(responses.find(key(1), settings, time.nanos())).isNotNull();
        time.advanceMillis(1);
        assertThat(responses.find(key(1), settings, time.nanos())).isNull();
        assertThat(responses.size()).isZero();
    }

    @Test
    void aFresherResponseTakesThePlaceOfTheOneBefore() {
        responses.keep(key(1), response(1), settings);
        time.advanceMillis(900);
        StoredResponse fresher = response(2);
        responses.keep(key(1), fresher, settings);
        time.advanceMillis(900);
        assertThat(responses.find(key(1), settings, time.nanos())).isSameAs(fresher);
    }

    @Test
    void aLowerBoundDropsThoseLeastRecentlyUsed() {
        for (int i = 1; i <= 5; i++) {
            responses.keep(key(i), response(1), settings);
        }
        assertThat(responses.find(key(1), settings, time.nanos())).isNotNull();
        responses.keep(key(6), response(1), new ServiceSettings(1, true, false, 0, 16_000_000, 1_000, 2));
        assertThat(responses.size()).isEqualTo(2);
        assertThat(responses.find(key(1), settings, time.nanos())).isNotNull();
        assertThat(responses.find(key(6), settings, time.nanos())).isNotNull();
    }

    @Test
    void aChangeOfSettingsDropsWhatIsNotWantedAnyMore() {
        for (int i = 1; i <= 5; i++) {
            responses.keep(key(i), response(1), settings);
        }
        responses.fit(settings.lastGoodTtl(Duration.ofMinutes(1)).lastGoodMaxEntries(2));
        assertThat(responses.size()).isEqualTo(2);
        responses.fit(settings.lastGoodTtl(Duration.ZERO).lastGoodMaxEntries(2));
        assertThat(responses.size()).isZero();
    }

    @Test
    void togetherTheyTakeNoMoreThan64Megabytes() {
        for (int i = 0; i < 100; i++) {
            responses.keep(key(i), response(BodyCopy.MAX_BYTES - 2_000), settings);
        }
        assertThat(responses.size()).isEqualTo(64);
        responses.keep(key(99), response(1), settings);
        responses.keep(key(100), response(BodyCopy.MAX_BYTES - 1), settings);
        assertThat(responses.size()).isEqualTo(65);
    }

    private static RequestKey key(int number) {
        return RequestKey.of(HttpRequest.newBuilder(PAY.resolve("/" + number)).build());
    }

    private StoredResponse response(int bytes) {
        BodyCopy body = new BodyCopy();
        body.add(List.of(ByteBuffer.allocate(bytes)));
        body.complete();
        HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
        return new StoredResponse(PAY, 200, none, Version.HTTP_1_1, body, time.nanos(), 0);
    }
}
