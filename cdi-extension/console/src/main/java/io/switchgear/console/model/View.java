// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All there is to show after a poll.
 *
 * @param title the JVM
 * @param problem what keeps the console from reading, in a sentence; empty if nothing does. Rows and detail are then
 *     the last ones that were read
 * @param rows all breakers, what needs attention first
 * @param detail the selected breaker; {@code null} if there is none
 * @param events notifications, the newest first
 * @param whyReadOnly why nothing can be changed, in a sentence; empty if changes are allowed
 * @param serverAhead how far the clock of the JVM is ahead of this one
 * @param at the end of the poll, by this clock
 */
public record View(
        String title,
        String problem,
        List<BreakerRow> rows,
        Detail detail,
        List<Event> events,
        String whyReadOnly,
        Duration serverAhead,
        Instant at) {
    /**
     * A notification.
     *
     * @param at its time by the clock of the JVM
     * @param opened whether a breaker opened
     */
    public record Event(Instant at, String text, boolean opened) {}

    /** Returns the number of breakers that reject calls. */
    public long open() {
        return rows.stream().filter(BreakerRow::isOpen).count();
    }

    /** Returns how long a breaker has been in its state, by the clock of the JVM. */
    public String since(BreakerRow row) {
        return row.stateSince() == null
                ? ""
                : Text.duration(Duration.between(row.stateSince().toInstant(), at.plus(serverAhead))
                        .toMillis());
    }

    /** Returns one line about the JVM and its breakers. */
    public String status() {
        String counts = rows.size() + (rows.size() == 1 ? " breaker, " : " breakers, ") + open() + " open";
        long minutes = serverAhead.abs().toMinutes();
        String clock = minutes < 1
                ? ""
                : "; its clock is " + Text.duration(serverAhead.abs().toMillis())
                        + (serverAhead.isNegative() ? " behind" : " ahead") + ", times are its own";
        return problem.isEmpty() ? title + ": " + counts + clock : problem;
    }
}
