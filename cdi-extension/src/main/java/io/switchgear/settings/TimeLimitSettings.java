// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The settings of a time limit, as one immutable value. A change applies to calls in flight too: the limit is always
 * measured from the start of a call.
 *
 * @param enabled whether calls are limited; default {@code true}. Live: applies to calls in flight too
 * @param limitMillis how long a call may take; 1 to 86,400,000 (a day), default 1,000
 * @param trialLimitMillis how long a trial may take, that is, a call that a half-open breaker admits; 1 to
 *     {@code limitMillis}, or 0 for the same as {@code limitMillis}; default 0. A short one finds out cheaply whether a
 *     service that hung works again
 * @param interrupt whether the thread of a call that exceeds the limit is interrupted; default {@code true}. If not,
 *     the call runs to its end, and its caller gets the exception then. Live: applies to calls that exceed the limit
 *     from now on
 * @param stackFrames the number of top frames of the thread of a call that exceeds the limit, which become the stack
 *     trace of the exception; 0 (off) to 100, default 0
 * @since 0.1
 */
public record TimeLimitSettings(
        boolean enabled, long limitMillis, long trialLimitMillis, boolean interrupt, int stackFrames)
        implements TunableSettings<TimeLimitSettings> {
    private static final TimeLimitSettings DEFAULTS = new TimeLimitSettings(true, 1_000, 0, true, 0);

    /**
     * Creates settings, and checks them as a whole.
     *
     * @throws InvalidSettingsException if a value is out of range or contradicts another; the message names each
     */
    public TimeLimitSettings {
        List<String> problems = new ArrayList<>();
        Setting.LIMIT_MILLIS.check(limitMillis, problems);
        Setting.TRIAL_LIMIT_MILLIS.check(trialLimitMillis, problems);
        Setting.STACK_FRAMES.check(stackFrames, problems);
        if (trialLimitMillis > limitMillis) {
            problems.add(SettingValue.contradiction(
                    Setting.TRIAL_LIMIT_MILLIS, trialLimitMillis, "<=", Setting.LIMIT_MILLIS, limitMillis));
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** Returns the defaults. */
    public static TimeLimitSettings defaults() {
        return DEFAULTS;
    }

    @Override
    public TunableKind kind() {
        return TunableKind.TIME_LIMIT;
    }

    /** Returns these settings with another {@link #enabled()}. */
    public TimeLimitSettings enabled(boolean value) {
        return with(Map.of(Setting.TIME_LIMIT_ENABLED, value));
    }

    /** Returns these settings with another {@link #limitMillis()}. */
    public TimeLimitSettings limitMillis(long value) {
        return with(Map.of(Setting.LIMIT_MILLIS, value));
    }

    /**
     * Returns these settings with another {@link #limitMillis()}, as a duration that is rounded up to a millisecond.
     */
    public TimeLimitSettings limit(Duration value) {
        return limitMillis(SettingValue.millis(value));
    }

    /** Returns these settings with another {@link #trialLimitMillis()}. */
    public TimeLimitSettings trialLimitMillis(long value) {
        return with(Map.of(Setting.TRIAL_LIMIT_MILLIS, value));
    }

    /**
     * Returns these settings with another {@link #trialLimitMillis()}, as a duration that is rounded up to a
     * millisecond.
     */
    public TimeLimitSettings trialLimit(Duration value) {
        return trialLimitMillis(SettingValue.millis(value));
    }

    /** Returns these settings with another {@link #interrupt()}. */
    public TimeLimitSettings interrupt(boolean value) {
        return with(Map.of(Setting.INTERRUPT, value));
    }

    /** Returns these settings with another {@link #stackFrames()}. */
    public TimeLimitSettings stackFrames(int value) {
        return with(Map.of(Setting.STACK_FRAMES, value));
    }
}
