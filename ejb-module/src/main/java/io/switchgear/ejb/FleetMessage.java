// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import java.lang.System.Logger.Level;
import java.util.Locale;

/** The log lines of the managed runtime. Their numbers go on where those of the CDI extension end. */
enum FleetMessage {
    JOINED(70, Level.INFO, "%s is node %s of application %s; its settings and modes are kept in %s"),
    NO_DATABASE(71, Level.INFO, "settings and modes are kept until the application stops: %s"),
    DATABASE_MISSING(72, Level.WARNING, "settings and modes are kept until the application stops: %s"),
    STORE_AWAY(73, Level.WARNING, "%s"),
    STORE_BACK(74, Level.INFO, "%s"),
    CHANGE_LOST(75, Level.WARNING, "%s"),
    QUEUE_FULL(76, Level.WARNING, "%s"),
    REFUSED(77, Level.WARNING, "%s"),
    ROW_IGNORED(78, Level.WARNING, "%s"),
    NAMESAKE(79, Level.WARNING, "%s"),
    STORE_REPLACED(80, Level.WARNING, "%s"),
    STEP_FAILED(81, Level.WARNING, "the managed runtime failed; it tries again in %s"),
    NOT_CLEANED(82, Level.WARNING, "old changes and nodes that are gone were not deleted: %s"),
    KEPT_ELSEWHERE(83, Level.INFO, "the database is not used: %s"),
    TOPIC_USED(84, Level.INFO, "the nodes wake one another by messages on %s"),
    TOPIC_AWAY(
            85,
            Level.WARNING,
            "%s; see to the messaging of the server, the broker and the rights of its user;"
                    + " until then this node looks at the database every %s s"),
    TOPIC_BACK(86, Level.INFO, "messages on %s are received and sent again after %s s");

    private static final System.Logger LOGGER = System.getLogger("io.switchgear");

    private final int number;
    private final Level level;
    private final String format;

    FleetMessage(int number, Level level, String format) {
        this.number = number;
        this.level = level;
        this.format = format;
    }

    String id() {
        return String.format(Locale.ROOT, "SGR%04d", number);
    }

    Level level() {
        return level;
    }

    void log(Object... arguments) {
        log(null, arguments);
    }

    void log(Throwable cause, Object... arguments) {
        LOGGER.log(level, () -> id() + ": " + String.format(Locale.ROOT, format, arguments), cause);
    }
}
