// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The catalogue of log messages. They go to the {@link System.Logger} named {@code io.switchgear}; changes by
 * operators, accepted or refused, go to {@code io.switchgear.audit} below it.
 */
public enum Message {
    OPENED(1, Level.WARNING, "%s opened%s, %s"),
    STATE_CHANGED(2, Level.INFO, "%s is now %s, was %s: %s"),
    MODE_CHANGED(3, Level.INFO, "%s is now %s, %s"),
    LISTENER_FAILED(4, Level.WARNING, "%s: a listener failed on %s"),
    CHANGED(5, Level.INFO, Message.AUDIT, "%s: %s, by %s"),
    CHANGE_REFUSED(6, Level.WARNING, Message.AUDIT, "%s: a request by %s was refused: %s"),
    MBEANS_REGISTERED(
            7, Level.INFO, "registered MBeans for %s under io.switchgear:type=CircuitBreakers,application=%s"),
    MBEAN_GONE(8, Level.WARNING, "%s was unregistered by other code and is missing in JMX until the next start"),
    MBEAN_RENAMED(9, Level.WARNING, "%s is taken; the MBean is registered as %s"),
    MBEAN_NOT_REGISTERED(
            10,
            Level.WARNING,
            "%s could not be registered in JMX; breakers work without MBeans; further failures to register are not"
                    + " logged"),
    MBEAN_NOT_REMOVED(11, Level.WARNING, "%s could not be unregistered"),
    NAME_QUALIFIED(
            12, Level.INFO, "several methods have the default name %s; their breakers get fully qualified names"),
    MICROPROFILE_TOO(
            13,
            Level.WARNING,
            "%s has annotations of both MicroProfile Fault Tolerance and this library; the order of interceptors in the"
                    + " server decides whether a retry or time-out of MicroProfile runs inside or outside the guard"),
    PREDICATE_FAILED(14, Level.WARNING, "%s: %s threw on a result; %s"),
    CONFIGURATION_UNUSED(
            15,
            Level.INFO,
            "%s is configured, but nothing of this kind and name exists yet; it applies when the application creates"
                    + " it%s"),
    SAVED_SETTINGS_UNREADABLE(16, Level.WARNING, "saved settings are not in force: %s"),
    SAVED_SETTING_IGNORED(17, Level.WARNING, "%s: a setting saved in %s is ignored: %s"),
    NOT_SAVED(18, Level.WARNING, "a change is in force but not saved: %s"),
    CHANGES_LOST(
            19,
            Level.WARNING,
            "%s: changes are not saved and end with the application; in force: %s; after the next start: %s"),
    SAVED_LINE_IGNORED(20, Level.WARNING, "%s, line %d: %s; the line is ignored but kept in the file"),
    MBEAN_REPLACED(21, Level.WARNING, "%s was left behind by an earlier deployment and has been removed"),
    KEYS_SHARE(
            22,
            Level.WARNING,
            "%s: there are breakers for %s, the maximum, and none has been idle long enough to be evicted; further keys"
                    + " share the breaker %s, which counts their calls but rejects none; raise maxKeys if more keys are"
                    + " expected; at most one such line per hour"),
    KEY_FAILED(
            23,
            Level.WARNING,
            "%s: a method of an argument or a result threw; no last good value is stored or found for such a call; at most"
                    + " one such line per minute"),
    METERS_TAKEN(
            24,
            Level.WARNING,
            "%s does not have all its meters in a %s, which already has meters of the same name, possibly from another"
                    + " application; give the registry of each application a common tag, or choose another name"),
    METERS_LEFT_OUT(
            25,
            Level.WARNING,
            "%s and later %s get no meters while the maximum of switchgear.metrics.max-services, %d, is reached"),
    NO_METERS(
            26,
            Level.WARNING,
            "%s does not have all its meters in a %s; further failures of this registry are not logged"),
    METERING_FAILED(27, Level.WARNING, "the application %s has no meters"),
    ATTENTION(28, Level.WARNING, "%s needs attention: %s"),
    ATTENTION_OVER(29, Level.INFO, "%s no longer needs attention: %s"),
    OBSERVER_BEHIND(
            30, Level.WARNING, "%s is %d events behind; further events are dropped for it until it has caught up"),
    OBSERVER_CAUGHT_UP(31, Level.WARNING, "%s has caught up, but missed %s"),
    METERS_ELSEWHERE(
            32,
            Level.WARNING,
            "found the meter registry %s, but this library cannot load Micrometer, so breakers have no meters; put both"
                    + " into the same place, such as WEB-INF/lib or the lib directory of an EAR"),
    TIMER_FAILED(33, Level.WARNING, "%s: the timer threw; calls are no longer timed"),
    METERS_UNSEEN(
            34,
            Level.WARNING,
            "the meter registry %s is created anew for each injection point, so its meters could not be read and are"
                    + " omitted; give it a scope such as @Singleton"),
    OBSERVER_NOT_NOTIFIED(
            35, Level.WARNING, "%s could not be notified; the pending events are delivered with the next event"),
    NOT_RETRIED(
            36,
            Level.WARNING,
            "%s: a failed attempt is not retried, as the transaction of the caller contains what it has written, or can"
                    + " only be rolled back; let the method that begins the transaction be retried; further such failures"
                    + " of this method are not logged"),
    MARKED_FOR_ROLLBACK(
            37,
            Level.WARNING,
            "%s: the transaction is marked for rollback although a fallback replaces the failure (%s), as the transaction"
                    + " contains what the failed method has written; add @TransactionAttribute(NOT_SUPPORTED) to a method"
                    + " that writes nothing; further such failures of this method are not logged"),
    COMMITTED(
            38,
            Level.WARNING,
            "%s: its transaction commits when it throws %s, so %s; add it to rollbackOn of @Transactional, or %s"),
    PAST_INTERCEPTORS(
            39,
            Level.WARNING,
            "%s: last good values reach callers without passing %s, which is inside the guard; if it checks callers, give"
                    + " it a priority below %d"),
    RETRIES_REFUSED(
            40,
            Level.WARNING,
            "%s: no retry for %s%s, as the budget pays for no more until calls succeed; BudgetPercent is %s,"
                    + " MinRetriesPerSecond is %s"),
    WITHOUT_EFFECT(41, Level.WARNING, "%s"),
    CONFIGURATION_IGNORED(42, Level.WARNING, "not a key of this library, and ignored: %s"),
    SETTINGS_FILE_FIXED(43, Level.WARNING, "settings cannot be saved in %s: %s"),
    WORKS_LATER(
            44,
            Level.WARNING,
            "%s returns %s and works after it has returned, which cannot be judged; it counts as a success on return"),
    VALUE_NOT_KEPT(
            45,
            Level.WARNING,
            "%s: a result of the class %s can be used only once, so it is not kept as a last good value; further ones are"
                    + " not logged"),
    SAVED_WINDOWS_IGNORED(
            46,
            Level.WARNING,
            "WindowCalls of %s in %s is ignored, as that of all together must be <= %d; lower it there"),
    CLIENT_REPLACED(47, Level.WARNING, "a new HTTP client replaces the one of all services: %s"),
    MORE_LINES_IGNORED(48, Level.WARNING, "%s: %s ignored but kept in the file"),
    KEY_REFUSED(
            49,
            Level.WARNING,
            "%s: no last good value is kept for a call with %s; mark other parameters with @CacheKey, or pass a smaller or"
                    + " immutable argument; further ones are not logged"),
    RECORDING_FAILED(50, Level.WARNING, "%s: a rejected call could not be recorded in the flight recording"),
    TIMER_REPLACED(
            51,
            Level.WARNING,
            "%s: the server's scheduler does not run the tasks that end calls; a thread of the JDK's timer runs them;"
                    + " further refusals are not logged"),
    LIMIT_FAILED(52, Level.WARNING, "%s: a call that exceeded its time limit could not be ended"),
    MICROPROFILE_TAKEN(
            59,
            Level.INFO,
            "this library runs the annotations of MicroProfile Fault Tolerance; another implementation does not see them;"
                    + " switchgear.microprofile = false leaves them to it"),
    MICROPROFILE_TRANSACTION(60, Level.WARNING, "%s: @Retry %s"),
    CONFIGURATION_REFUSED(
            66, Level.WARNING, Message.AUDIT, "a change of configuration is refused, and the value before stays: %s"),
    CONFIGURATION_UNREADABLE(67, Level.WARNING, "the last values of a source of configuration stay in force: %s"),
    CONFIGURATION_OVERRIDDEN(
            68,
            Level.INFO,
            Message.AUDIT,
            "%s: configuration has changed, but what an operator has changed stays in force: %s"),
    LOOK_FAILED(69, Level.WARNING, "a look at configuration failed; the next one is %s");

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

    /** Logs one line. */
    public void log(Object... details) {
        log(null, details);
    }

    /** Logs one line with the stack trace of {@code cause}. */
    public void log(Throwable cause, Object... details) {
        log(line -> line, cause, details);
    }

    /** Logs the line that {@code limit} returns for this one; nothing if that is {@code null}. */
    void log(UnaryOperator<String> limit, Throwable cause, Object... details) {
        try {
            if (logger.isLoggable(level)) {
                String line = limit.apply(text(details));
                if (line != null) {
                    logger.log(level, line, cause);
                }
            }
        } catch (RuntimeException | Error broken) {
            // a broken log must not break a guarded call; the thread group's handler, by default standard error,
            // reports it
            Thread thread = Thread.currentThread();
            thread.getThreadGroup().uncaughtException(thread, broken);
        }
    }

    /** Returns the line, with its number. */
    public String text(Object... details) {
        return String.format(Locale.ROOT, "SGR%04d: ", number)
                + Text.sentence(String.format(Locale.ROOT, format, details));
    }
}
