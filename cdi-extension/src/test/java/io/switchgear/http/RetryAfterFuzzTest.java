// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.switchgear.fuzz.FuzzInput;
import io.switchgear.fuzz.FuzzTarget;
import io.switchgear.fuzz.FuzzText;
import io.switchgear.fuzz.RandomInputs;
import java.math.BigInteger;
import java.net.http.HttpHeaders;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Reads any header, and dates in the three forms that RFC 9110 has. */
class RetryAfterFuzzTest {
    private static final FuzzTarget HEADER = RetryAfterFuzzTest::checkHeader;
    private static final FuzzTarget DATE = RetryAfterFuzzTest::checkDate;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final BigInteger THOUSAND = BigInteger.valueOf(1_000);

    @FuzzTest
    void anyHeaderIsATimeOrIgnored(byte[] header) {
        HEADER.runAndShorten(header);
    }

    @FuzzTest
    void aDateIsUnderstoodInAllForms(byte[] date) {
        DATE.runAndShorten(date);
    }

    @Test
    void anyRandomHeaderIsATimeOrIgnored() {
        List<String> pieces = List.of(
                "Thu, ",
                "Thursday, ",
                "Thu ",
                "01 Jan 2026 ",
                "01-Jan-26 ",
                "Jan  1 ",
                "00:01:30 ",
                "GMT",
                "2026",
                "+0100",
                "-",
                "0",
                "9",
                "120",
                "999999999999",
                " ",
                "\t",
                "١");
        RandomInputs.run(2_000, RandomInputs.texts(6, pieces), HEADER);
    }

    @Test
    void aRandomDateIsUnderstoodInAllForms() {
        RandomInputs.run(2_000, random -> RandomInputs.bytes(random, 8), DATE);
    }

    private static OptionalLong millis(String value) {
        return RetryAfter.millis(HttpHeaders.of(Map.of("Retry-After", List.of(value)), (name, text) -> true), NOW);
    }

    private static void checkHeader(byte[] input) {
        String value = FuzzText.of(input);
        OptionalLong millis = millis(value);
        millis.ifPresent(time -> assertThat(time).as("\"%s\"", value).isNotNegative());
        if (value.strip().matches("[0-9]+")) {
            BigInteger exact = new BigInteger(value.strip()).multiply(THOUSAND);
            boolean fits = exact.bitLength() < Long.SIZE;
            // a time beyond 30,000 years may be longer
            boolean far = exact.bitLength() > 49;
            assertThat(millis.orElse(-1))
                    .as("\"%s\"", value)
                    .isIn(fits && !far ? List.of(exact.longValue()) : List.of(Long.MAX_VALUE, exact.longValue()));
        }
    }

    private static void checkDate(byte[] input) {
        FuzzInput numbers = new FuzzInput(input);
        LocalDateTime date = LocalDateTime.of(2026, 1, 1, 0, 0, 0)
                .plusDays(numbers.wide(32_768) - 16_384L)
                .plusSeconds(numbers.wide(32_768) * 3L);
        long expected = Math.max(
                0, Duration.between(NOW, date.toInstant(ZoneOffset.UTC)).toMillis());
        assertThat(millis(rfc1123(date))).as(rfc1123(date)).hasValue(expected);
        assertThat(millis(asctime(date))).as(asctime(date)).hasValue(expected);
        assertThat(millis(rfc850(date))).as(rfc850(date)).hasValue(expected);
    }

    private static String rfc1123(LocalDateTime date) {
        return String.format(
                Locale.ROOT,
                "%s, %02d %s %d %s GMT",
                day(date, TextStyle.SHORT),
                date.getDayOfMonth(),
                month(date),
                date.getYear(),
                time(date));
    }

    private static String rfc850(LocalDateTime date) {
        return String.format(
                Locale.ROOT,
                "%s, %02d-%s-%02d %s GMT",
                day(date, TextStyle.FULL),
                date.getDayOfMonth(),
                month(date),
                date.getYear() % 100,
                time(date));
    }

    private static String asctime(LocalDateTime date) {
        return String.format(
                Locale.ROOT,
                "%s %s %2d %s %d",
                day(date, TextStyle.SHORT),
                month(date),
                date.getDayOfMonth(),
                time(date),
                date.getYear());
    }

    private static String day(LocalDateTime date, TextStyle style) {
        DayOfWeek day = date.getDayOfWeek();
        return day.getDisplayName(style, Locale.ENGLISH);
    }

    private static String month(LocalDateTime date) {
        Month month = date.getMonth();
        return month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    private static String time(LocalDateTime date) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", date.getHour(), date.getMinute(), date.getSecond());
    }
}
