// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.TimeLimitSettings;
import jakarta.ejb.ApplicationException;
import java.util.List;

/**
 * Thrown when a call took longer than its time limit. What the call itself threw when it came back is a suppressed
 * exception.
 *
 * <p>The stack trace consists of the top frames of the call's thread at the moment of the limit: as many as
 * {@link TimeLimitSettings#stackFrames} requests, by default none.
 *
 * <p>This is an application exception in the sense of EJB: it does not destroy a session bean that throws it. It does
 * roll back the transaction of that bean, so that no unit of work is committed of which a part was given up.
 *
 * @since 0.1
 */
@ApplicationException(rollback = true)
public final class TimeLimitExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final long limitMillis;
    private final boolean trial;

    /**
     * Creates an exception.
     *
     * @param name the name of the time limit
     * @param limitMillis the limit that the call exceeded, in milliseconds
     * @param trial whether the call was a trial, so that {@link TimeLimitSettings#trialLimitMillis} applied
     * @param frames the top frames of the call's thread, the innermost first; may be empty
     */
    public TimeLimitExceededException(String name, long limitMillis, boolean trial, List<StackTraceElement> frames) {
        this.name = name;
        this.limitMillis = limitMillis;
        this.trial = trial;
        setStackTrace(frames.toArray(StackTraceElement[]::new));
    }

    /** Does nothing: the exception is created on the thread of a timer, whose frames say nothing of the call. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /** Returns the name of the time limit. */
    public String name() {
        return name;
    }

    /** Returns the limit that the call exceeded, in milliseconds. */
    public long limitMillis() {
        return limitMillis;
    }

    /** Returns whether the call was a trial of the breaker. */
    public boolean isTrial() {
        return trial;
    }

    @Override
    public String getMessage() {
        StackTraceElement[] frames = getStackTrace();
        return name + ": " + (trial ? "the trial" : "the call") + " took more than " + limitMillis + " ms"
                + (frames.length == 0 ? "" : "; it was in " + frames[0]);
    }
}
