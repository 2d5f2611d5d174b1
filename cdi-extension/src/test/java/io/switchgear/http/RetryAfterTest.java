// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.time.TestTime;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    // it starts on Thursday, 2026-01-01, at midnight
    private final TestTime time = new TestTime();

    @Test
    void secondsAreCountedFromNow() {
        assertThat(millis("120")).hasValue(120_000);
        assertThat(millis("0000000000120")).hasValue(120_000);
        assertThat(millis(" 0 ")).hasValue(0);
    }

    @Test
    void moreSecondsThanCanBeCountedAreForEver() {
        assertThat(millis("9".repeat(12))).hasValue(999_999_999_999_000L);
        assertThat(millis("9".repeat(40))).hasValue(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Thu, 01 Jan 2026 00:01:30 GMT", "Thursday, 01-Jan-26 00:01:30 GMT", "Thu Jan  1 00:01:30 2026"})
    void aDateMayBeInAnyOfTheThreeForms(String date) {
        assertThat(millis(date)).hasValue(90_000);
    }

    @Test
    void aDateComesNearerWithTime() {
        time.advanceMillis(80_000);
        assertThat(millis("Thu, 01 Jan 2026 00:01:30 GMT")).hasValue(10_000);
    }

    @Test
    void aDateThatIsOverMeansNow() {
        time.advanceMillis(3_600_000);
        assertThat(millis("Thu, 01 Jan 2026 00:01:30 GMT")).hasValue(0);
        assertThat(millis("Sunday, 06-Nov-94 08:49:37 GMT")).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "-1", "1.5", "+3", "Thu, 32 Jan 2026 00:01:30 GMT", "2026-01-01T00:00:00Z", "١"})
    void whatIsNeitherIsIgnored(String value) {
        assertThat(millis(value)).isEmpty();
    }

    @Test
    void noHeaderRequestsNoDelay() {
        HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
        assertThat(RetryAfter.millis(none, time.instant())).isEmpty();
    }

    private OptionalLong millis(String value) {
        HttpHeaders headers = HttpHeaders.of(Map.of("retry-after", List.of(value)), (name, text) -> true);
        return RetryAfter.millis(headers, time.instant());
    }
}
