package io.switchgear.message;

import java.lang.System.Logger.Level;
import java.util.Locale;

/**
 * The messages of this library, by number. They go to the {@link System.Logger} named {@code io.switchgear}, and what
 * people do to breakers to {@code io.switchgear.audit} below it.
 */
public enum Message {
    OPENED(1, Level.WARNING, "%s opened%s, %s"),
    STATE_CHANGED(2, Level.INFO, "%s is now %s, was %s: %s"),
    MODE_CHANGED(3, Level.INFO, "%s is now %s, mode %s: %s"),
    LISTENER_FAILED(4, Level.WARNING, "%s: a listener failed on %s"),
    CHANGED(5, Level.INFO, Message.AUDIT, "%s: %s, by %s"),
    CHANGE_REFUSED(6, Level.WARNING, Message.AUDIT, "%s: what %s asked for is refused: %s"),
    MBEANS_REGISTERED(7, Level.INFO, "%d breakers are MBeans under io.switchgear:type=CircuitBreakers,application=%s"),
    MBEAN_GONE(8, Level.WARNING, "%s had been removed by somebody else"),
    MBEAN_RENAMED(9, Level.WARNING, "%s is taken; registered as %s"),
    MBEAN_NOT_REGISTERED(
            10,
            Level.WARNING,
            "%s could not be registered; breakers work without their MBeans; further refusals are not told"),
    MBEAN_NOT_REMOVED(11, Level.WARNING, "%s could not be removed"),
    NAME_QUALIFIED(12, Level.INFO, "the default name %s stands for several methods; their breakers get full names"),
    MICROPROFILE_TOO(
            13,
            Level.WARNING,
            "%s has annotations of MicroProfile Fault Tolerance beside those of this library; each retry or time-out"
                    + " of theirs is inside or outside the guard as the server orders interceptors"),
    PREDICATE_FAILED(14, Level.WARNING, "%s: %s threw on a result; the call counts as neither success nor failure"),
    CONFIGURED_IN_VAIN(
            15,
            Level.INFO,
            "%s is configured, but nothing of this kind and name is here yet, or it has no such setting"),
    SAVED_SETTINGS_UNREADABLE(16, Level.WARNING, "saved settings are not in force: %s"),
    SAVED_SETTING_IGNORED(17, Level.WARNING, "%s: a setting saved in %s is ignored: %s"),
    NOT_SAVED(18, Level.WARNING, "a change is in force but not saved: %s"),
    CHANGES_LOST(19, Level.WARNING, "%s: the next start will not find what is in force: %s; saved is: %s"),
    SAVED_LINE_IGNORED(20, Level.WARNING, "%s, line %d: %s; the line is kept and ignored"),
    MBEAN_REPLACED(21, Level.WARNING, "%s was left over by an earlier deployment; replaced"),
    KEYS_SHARE(
            22,
            Level.WARNING,
            "%s: there are breakers for %d keys, the most allowed, and none has been idle for long enough to go; the"
                    + " keys beyond share the breaker %s; allow more if there are to be more"),
    KEY_FAILED(23, Level.WARNING, "%s: equals or hashCode of an argument threw; no good value is kept or found for it"),
    METERS_TAKEN(
            24,
            Level.WARNING,
            "%s does not have all its meters in a %s, since that has others of the same name, perhaps of another"
                    + " application; give the registry of each application a common tag, or this another name"),
    METERS_LEFT_OUT(
            25,
            Level.WARNING,
            "%s and later %s have no meters while there are as many as switchgear.metrics.max-services allows, %d"),
    NO_METERS(26, Level.WARNING, "%s does not have all its meters in a %s; further refusals there are not told"),
    METERING_FAILED(27, Level.WARNING, "%s has no meters"),
    ATTENTION(28, Level.WARNING, "%s needs attention: %s"),
    ATTENTION_OVER(29, Level.INFO, "%s needs no attention any more: %s"),
    OBSERVER_BEHIND(
            30,
            Level.WARNING,
            "%s is %d events behind; what happens to breakers is left out there until it has caught up"),
    OBSERVER_CAUGHT_UP(31, Level.WARNING, "%s has caught up; %d events were left out"),
    METERS_ELSEWHERE(
            32,
            Level.WARNING,
            "%s is there, but Micrometer is not to be found where this library is, so breakers have no meters; put both"
                    + " into the same place, as WEB-INF/lib or lib of an EAR"),
    TIMED_NO_MORE(33, Level.WARNING, "%s: calls are timed no more, since the timer threw"),
    METERS_UNSEEN(
            34,
            Level.WARNING,
            "%s is made anew for each injection point, so meters in it would be seen by nobody and are left out; give it"
                    + " a scope, as @Singleton"),
    OBSERVER_NOT_TOLD(35, Level.WARNING, "%s could not be told; what happened is told with the next event");

    private static final String AUDIT = "io.switchgear.audit";

    private final int number;
    private final Level level;
    private final System.Logger logger;
    private final String format;

    Message(int number, Level level, String format) {
        this(number, level, "io.switchgear", format);
    }

    Message(int number, Level level, String logger, String format) {
        this.number = number;
        this.level = level;
        this.logger = System.getLogger(logger);
        this.format = format;
    }

    /** Writes one line. */
    public void log(Object... details) {
        log(null, details);
    }

    /** Writes one line and the stack trace of {@code cause}. */
    public void log(Throwable cause, Object... details) {
        try {
            if (logger.isLoggable(level)) {
                logger.log(level, text(details), cause);
            }
        } catch (RuntimeException | Error broken) {
            // a log that is broken must not break a call that is guarded; the platform's handler tells whoever looks
            // there
            Thread thread = Thread.currentThread();
            thread.getThreadGroup().uncaughtException(thread, broken);
        }
    }

    /** The line, with its number. */
    public String text(Object... details) {
        return String.format(Locale.ROOT, "SGR%04d: ", number)
                + Text.sentence(String.format(Locale.ROOT, format, details));
    }
}
