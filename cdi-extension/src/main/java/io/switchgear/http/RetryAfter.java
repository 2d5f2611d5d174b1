// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The wait that a service demands: {@code Retry-After} of RFC 9110, in seconds or as a date. */
final class RetryAfter {
    private static final int MAX_DIGITS = 12;

    private RetryAfter() {}

    /** Returns the wait in milliseconds; empty if there is no such header, or if its value is not understood. */
    static OptionalLong millis(HttpHeaders headers, Instant now) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            String digits = value.replaceFirst("^0+(?=.)", "");
            // a number with more digits is beyond any cap, and may be beyond a long in milliseconds
            return OptionalLong.of(digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits) * 1_000);
        }
        for (DateTimeFormatter format : formats(now)) {
            try {
                Instant at = ZonedDateTime.parse(value, format).toInstant();
                return OptionalLong.of(Math.max(0, Duration.between(now, at).toMillis()));
            } catch (DateTimeException | ArithmeticException otherFormat) {
                // the next format is tried
            }
        }
        return OptionalLong.empty();
    }

    /** Returns the three formats that recipients have to accept: the current one, and those of RFC 850 and asctime. */
    private static List<DateTimeFormatter> formats(Instant now) {
        // a year of two digits is at most 50 years ahead
        int earliest = now.atZone(ZoneOffset.UTC).getYear() - 49;
        DateTimeFormatter rfc850 = new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        DateTimeFormatter asctime = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        return List.of(DateTimeFormatter.RFC_1123_DATE_TIME, rfc850, asctime);
    }
}
