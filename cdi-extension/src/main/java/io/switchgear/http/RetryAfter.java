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

/** How long a service asks to be left alone: {@code Retry-After} of RFC 9110, in seconds or as a date. */
final class RetryAfter {
    private static final int MOST_DIGITS = 12;

    private RetryAfter() {}

    /** In milliseconds; empty if there is no such header, or nothing that can be understood in it. */
    static OptionalLong millis(HttpHeaders headers, Instant now) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            // what has more digits is beyond any cap, and beyond a long in milliseconds
            return OptionalLong.of(value.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(value) * 1_000);
        }
        for (DateTimeFormatter format : formats(now)) {
            try {
                Instant at = ZonedDateTime.parse(value, format).toInstant();
                return OptionalLong.of(Math.max(0, Duration.between(now, at).toMillis()));
            } catch (DateTimeException | ArithmeticException another) {
                // perhaps in the next one
            }
        }
        return OptionalLong.empty();
    }

    /** The three that recipients have to accept: the one in use, that of RFC 850, and that of C's asctime. */
    private static List<DateTimeFormatter> formats(Instant now) {
        // two digits of a year mean the one that is not more than 50 years ahead
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
