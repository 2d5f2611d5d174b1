// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.switchgear.settings.RetrySettings;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No {@code Retry-After} holds a caller longer than {@code maxRetryAfterMillis}, or breaks the request. */
@Timeout(30)
class HostileRetryAfterTest {
    private static final RetrySettings RETRIES =
            RetrySettings.defaults().maxAttempts(2).delay(Duration.ZERO);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11",
                "9223372036854775",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551616",
                "99999999999999999999999999999999999999999999",
                "Fri, 31 Dec 9999 23:59:59 GMT",
                "Fri, 31 Dec 999999 23:59:59 GMT"
            })
    void aLongWaitIsNotWaitedFor(String value) throws Exception {
        assertThat(attempts(value)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-1",
                "-9223372036854775808",
                "1e9",
                "0x7fffffff",
                "NaN",
                "Infinity",
                "12 34",
                "5s",
                "Thu, 01 Jan 1970 00:00:00 GMT",
                "Fri, 31 Dec -9999 23:59:59 GMT",
                "Mon, 99 Foo 9999 99:99:99 GMT",
                "+999999999-12-31T23:59:59Z",
                ",",
                "\u0661"
            })
    void whatIsNoTimeIsIgnored(String value) throws Exception {
        assertThat(attempts(value)).isEqualTo(2);
    }

    @Test
    void thousandsOfThemAreNoMoreThanTheFirst() throws Exception {
        String[] many = Collections.nCopies(5_000, "Retry-After: 0").toArray(String[]::new);
        many[4_999] = "Retry-After: 9999999999";
        assertThat(attemptsWith(many)).isEqualTo(2);
        many[0] = "Retry-After: 9999999999";
        assertThat(attemptsWith(many)).isEqualTo(1);
    }

    @Test
    void aVeryLongOneIsReadAsAnyOther() throws Exception {
        assertThat(attempts("9".repeat(100_000))).isEqualTo(1);
        assertThat(attempts("0".repeat(100_000))).isEqualTo(2);
        assertThat(attempts("x".repeat(100_000))).isEqualTo(2);
        assertThat(attempts("Thu, 01 Jan 2026" + " 00".repeat(30_000))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "x", "Thu, 01 Jan 2026 ", "Thursday, ", "Thu Jan ", "0 "})
    void theTimeToReadOneGrowsWithItsLengthAlone(String part) {
        HttpHeaders headers = HttpHeaders.of(
                Map.of("Retry-After", List.of(part.repeat(10_000_000 / part.length()))), (name, value) -> true);
        // the square of this length would take hours
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> RetryAfter.millis(headers, Instant.now()));
    }

    private static int attempts(String value) throws Exception {
        return attemptsWith("Retry-After: " + value);
    }

    private static int attemptsWith(String... headers) throws Exception {
        try (TestService service = new TestService(
                RawBackend.status(503, "later", headers),
                s -> s.failureThreshold(100),
                TestService.DEFAULTS,
                RETRIES)) {
            HttpResponse<String> last = service.send("/x");
            assertThat(last.statusCode()).isEqualTo(503);
            return service.backend.answered();
        }
    }
}
