// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as texts of equal length, so that they sort as the times do. */
final class Times {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    /** Returns a time as text, to the millisecond; {@code null} for {@code null}. */
    static String text(Instant time) {
        return time == null ? null : FORMAT.format(time);
    }

    /**
     * Returns the time of a text; {@code null} for {@code null}.
     *
     * @throws java.time.DateTimeException if it is none
     */
    static Instant of(String text) {
        return text == null ? null : Instant.parse(text);
    }

    /** Returns the milliseconds from one time to another; {@code null} if there is no other. */
    static Long millis(Instant from, Instant to) {
        return to == null ? null : Duration.between(from, to).toMillis();
    }
}
