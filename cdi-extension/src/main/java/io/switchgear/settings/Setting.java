// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The table of all settings: names, type, unit, range, default and meaning of each component of
 * {@link BreakerSettings}, {@link RetrySettings}, {@link FallbackSettings}, {@link TimeLimitSettings},
 * {@link ServiceSettings} and {@link BulkheadSettings}. MBeans, checks, configuration and error messages are derived
 * from it.
 *
 * @since 0.1
 */
public enum Setting {
    /** {@link BreakerSettings#enabled()}. */
    ENABLED(
            TunableKind.BREAKER,
            "enabled",
            true,
            "Whether the breaker acts; while it is off, calls pass as if there were none, and are not counted"),
    /** {@link BreakerSettings#tripOn()}. */
    TRIP_ON(
            TunableKind.BREAKER,
            "tripOn",
            TripOn.CONSECUTIVE_FAILURES,
            "What opens the breaker: consecutive failures, a rate within a window, or in part as much as calls fail"),
    /** {@link BreakerSettings#failureThreshold()}. */
    FAILURE_THRESHOLD(
            TunableKind.BREAKER,
            "failureThreshold",
            "failures",
            Range.of(1, 1_000_000),
            5,
            "With TripOn CONSECUTIVE_FAILURES: consecutive failures, or slow calls, that open the breaker"),
    /** {@link BreakerSettings#windowCalls()}. */
    WINDOW_CALLS(
            TunableKind.BREAKER,
            "windowCalls",
            "calls",
            Range.of(1, 1_000_000),
            100,
            "With TripOn CALL_WINDOW: length of the window; a change keeps the most recent outcomes"),
    /** {@link BreakerSettings#windowMillis()}. */
    WINDOW_MILLIS(
            TunableKind.BREAKER,
            "windowMillis",
            "milliseconds",
            Range.of(100, 86_400_000),
            10_000L,
            "With TripOn TIME_WINDOW: length of the window; a change keeps the most recent outcomes"),
    /** {@link BreakerSettings#minimumCalls()}. */
    MINIMUM_CALLS(
            TunableKind.BREAKER,
            "minimumCalls",
            "calls",
            Range.of(1, 1_000_000),
            20,
            "With a window or ADAPTIVE: no rate is judged on fewer outcomes; at most WindowCalls in CALL_WINDOW"),
    /** {@link BreakerSettings#failureRateThresholdPercent()}. */
    FAILURE_RATE_THRESHOLD_PERCENT(
            TunableKind.BREAKER,
            "failureRateThresholdPercent",
            "percent",
            Range.above(0, 100),
            50.0,
            "With a window: the breaker opens at this failure rate or above; ADAPTIVE: admits fewer calls above it"),
    /** {@link BreakerSettings#slowCallMillis()}. */
    SLOW_CALL_MILLIS(
            TunableKind.BREAKER,
            "slowCallMillis",
            "milliseconds",
            Range.of(0, 86_400_000),
            0L,
            "A call that takes longer is slow, also while it is still running; 0 is off"),
    /** {@link BreakerSettings#slowCallRateThresholdPercent()}. */
    SLOW_CALL_RATE_THRESHOLD_PERCENT(
            TunableKind.BREAKER,
            "slowCallRateThresholdPercent",
            "percent",
            Range.above(0, 100),
            100.0,
            "With a window: the breaker opens at this rate of slow calls or above"),
    /** {@link BreakerSettings#openMillis()}. */
    OPEN_MILLIS(
            TunableKind.BREAKER,
            "openMillis",
            "milliseconds",
            Range.of(0, 604_800_000),
            60_000L,
            "Time in OPEN, except with ADAPTIVE; a change moves the deadline of an open breaker"),
    /** {@link BreakerSettings#openBackoffFactor()}. */
    OPEN_BACKOFF_FACTOR(
            TunableKind.BREAKER,
            "openBackoffFactor",
            "",
            Range.of(1, 10),
            1.0,
            "Each further opening, or failed trial of ADAPTIVE, multiplies the time to the next trial; 1 is off"),
    /** {@link BreakerSettings#openMaxMillis()}. */
    OPEN_MAX_MILLIS(
            TunableKind.BREAKER,
            "openMaxMillis",
            "milliseconds",
            Range.of(0, 604_800_000),
            600_000L,
            "The longest time in OPEN that OpenBackoffFactor leads to"),
    /** {@link BreakerSettings#openJitterPercent()}. */
    OPEN_JITTER_PERCENT(
            TunableKind.BREAKER,
            "openJitterPercent",
            "percent",
            Range.of(0, 100),
            0.0,
            "The time in OPEN is shortened by a random part of up to this"),
    /** {@link BreakerSettings#successThreshold()}. */
    SUCCESS_THRESHOLD(
            TunableKind.BREAKER,
            "successThreshold",
            "trials",
            Range.of(1, 10_000),
            3,
            "Successful trials that close the breaker; with ADAPTIVE, that let it admit a growing share"),
    /** {@link BreakerSettings#halfOpenMaxCalls()}. */
    HALF_OPEN_MAX_CALLS(
            TunableKind.BREAKER,
            "halfOpenMaxCalls",
            "trials",
            Range.of(1, 10_000),
            3,
            "Trials in flight at once while HALF_OPEN"),
    /** {@link BreakerSettings#trialTimeoutMillis()}. */
    TRIAL_TIMEOUT_MILLIS(
            TunableKind.BREAKER,
            "trialTimeoutMillis",
            "milliseconds",
            Range.of(1, 86_400_000),
            60_000L,
            "A trial that takes longer loses its permit to another, and its outcome decides nothing"),
    /** {@link BreakerSettings#maxTrialFailures()}. */
    MAX_TRIAL_FAILURES(
            TunableKind.BREAKER,
            "maxTrialFailures",
            "trials",
            Range.of(0, 10_000),
            0,
            "Trials that may fail before SuccessThreshold have succeeded; one more opens the breaker again"),
    /** {@link BreakerSettings#trialIntervalMillis()}. */
    TRIAL_INTERVAL_MILLIS(
            TunableKind.BREAKER,
            "trialIntervalMillis",
            "milliseconds",
            Range.of(1, 86_400_000),
            2_000L,
            "With TripOn ADAPTIVE: time from one trial to the next while OPEN"),
    /** {@link BreakerSettings#rampUpMillis()}. */
    RAMP_UP_MILLIS(
            TunableKind.BREAKER,
            "rampUpMillis",
            "milliseconds",
            Range.of(0, 86_400_000),
            0L,
            "Time after closing in which the share of calls that is admitted grows from 10 % to all; 0 is off"),
    /** {@link BreakerSettings#maxConcurrentCalls()}. */
    MAX_CONCURRENT_CALLS(
            TunableKind.BREAKER,
            "maxConcurrentCalls",
            "calls",
            Range.of(0, 1_000_000),
            0,
            "Calls in flight at once, further ones wait or are rejected; 0 is no limit"),
    /** {@link BreakerSettings#maxWaitingCalls()}. */
    MAX_WAITING_CALLS(
            TunableKind.BREAKER,
            "maxWaitingCalls",
            "calls",
            Range.of(0, 1_000_000),
            0,
            "With MaxConcurrentCalls: calls that wait for a place at once, further ones are rejected; 0 is no queue"),
    /** {@link BreakerSettings#maxWaitMillis()}. */
    MAX_WAIT_MILLIS(
            TunableKind.BREAKER,
            "maxWaitMillis",
            "milliseconds",
            Range.of(0, 86_400_000),
            1_000L,
            "With MaxWaitingCalls: a call that has waited this long is rejected; 0 is no limit"),
    /** {@link BreakerSettings#callTimer()}. */
    CALL_TIMER(
            TunableKind.BREAKER,
            "callTimer",
            CallTimer.OFF,
            "Whether the duration of calls is a metric; needs Micrometer, and reads the clock twice for each call"),

    /** {@link RetrySettings#enabled()}. */
    RETRY_ENABLED(
            TunableKind.RETRY,
            "enabled",
            true,
            "Whether failed calls are retried; while it is off, each call is one attempt, which is not counted"),
    /** {@link RetrySettings#maxAttempts()}. */
    MAX_ATTEMPTS(
            TunableKind.RETRY,
            "maxAttempts",
            "attempts",
            Range.of(1, 1_000_000),
            3,
            "Attempts at most, the first included; 1 is no retry"),
    /** {@link RetrySettings#delayMillis()}. */
    DELAY_MILLIS(
            TunableKind.RETRY,
            "delayMillis",
            "milliseconds",
            Range.of(0, 3_600_000),
            200L,
            "Wait before the first retry, to be shortened by JitterPercent"),
    /** {@link RetrySettings#backoffFactor()}. */
    BACKOFF_FACTOR(
            TunableKind.RETRY,
            "backoffFactor",
            "",
            Range.of(1, 10),
            2.0,
            "Each further retry multiplies the wait by this; 1 is off"),
    /** {@link RetrySettings#maxDelayMillis()}. */
    MAX_DELAY_MILLIS(
            TunableKind.RETRY,
            "maxDelayMillis",
            "milliseconds",
            Range.of(0, 3_600_000),
            10_000L,
            "The longest wait that BackoffFactor leads to"),
    /** {@link RetrySettings#jitterPercent()}. */
    JITTER_PERCENT(
            TunableKind.RETRY,
            "jitterPercent",
            "percent",
            Range.of(0, 100),
            100.0,
            "Each wait is shortened by a random part of up to this; 100 is full jitter"),
    /** {@link RetrySettings#jitterMillis()}. */
    JITTER_MILLIS(
            TunableKind.RETRY,
            "jitterMillis",
            "milliseconds",
            Range.of(0, 3_600_000),
            0L,
            "Each wait is prolonged or shortened by a random time of up to this, but not below 0"),
    /** {@link RetrySettings#maxDurationMillis()}. */
    MAX_DURATION_MILLIS(
            TunableKind.RETRY,
            "maxDurationMillis",
            "milliseconds",
            Range.of(0, 86_400_000),
            180_000L,
            "No retry begins later than this after the first attempt began; 0 is no limit"),
    /** {@link RetrySettings#budgetPercent()}. */
    BUDGET_PERCENT(
            TunableKind.RETRY,
            "budgetPercent",
            "percent",
            Range.of(0, 100),
            20.0,
            "Retries earned by successful calls: at 20, one retry per five successes"),
    /** {@link RetrySettings#minRetriesPerSecond()}. */
    MIN_RETRIES_PER_SECOND(
            TunableKind.RETRY,
            "minRetriesPerSecond",
            "retries/s",
            Range.of(0, RetrySettings.NO_BUDGET),
            10,
            "Free retries, a second's worth, lent until successful calls pay them back; at 1000000 there is no budget"),

    /** {@link FallbackSettings#enabled()}. */
    FALLBACK_ENABLED(
            TunableKind.FALLBACK,
            "enabled",
            true,
            "Whether failed calls are replaced; while it is off, callers get the failures, and no value is kept"),
    /** {@link FallbackSettings#onlyWhenOpen()}. */
    ONLY_WHEN_OPEN(
            TunableKind.FALLBACK,
            "onlyWhenOpen",
            false,
            "Whether the fallback applies to rejected calls alone, and callers get all other failures"),
    /** {@link FallbackSettings#ttlMillis()}. */
    TTL_MILLIS(
            TunableKind.FALLBACK,
            "ttlMillis",
            "milliseconds",
            Range.of(1, 604_800_000),
            300_000L,
            "How long a last good value may be used; a change applies to kept values too"),
    /** {@link FallbackSettings#maxEntries()}. */
    MAX_ENTRIES(
            TunableKind.FALLBACK,
            "maxEntries",
            "values",
            Range.of(1, 1_000_000),
            1_000,
            "Last good values kept; beyond this the least used are evicted"),

    /** {@link TimeLimitSettings#enabled()}. */
    TIME_LIMIT_ENABLED(
            TunableKind.TIME_LIMIT,
            "enabled",
            true,
            "Whether calls are limited; a change applies to calls in flight too"),
    /** {@link TimeLimitSettings#limitMillis()}. */
    LIMIT_MILLIS(
            TunableKind.TIME_LIMIT,
            "limitMillis",
            "milliseconds",
            Range.of(1, 86_400_000),
            1_000L,
            "How long a call may take; a change applies to calls in flight too"),
    /** {@link TimeLimitSettings#trialLimitMillis()}. */
    TRIAL_LIMIT_MILLIS(
            TunableKind.TIME_LIMIT,
            "trialLimitMillis",
            "milliseconds",
            Range.of(0, 86_400_000),
            0L,
            "How long a trial of the breaker may take, at most LimitMillis; 0 is the same as LimitMillis"),
    /** {@link TimeLimitSettings#interrupt()}. */
    INTERRUPT(
            TunableKind.TIME_LIMIT,
            "interrupt",
            true,
            "Whether the thread of a call that exceeds the limit is interrupted"),
    /** {@link TimeLimitSettings#stackFrames()}. */
    STACK_FRAMES(
            TunableKind.TIME_LIMIT,
            "stackFrames",
            "frames",
            Range.of(0, 100),
            0,
            "Top frames of the thread of a call that exceeds the limit, as the stack trace of the exception; 0 is off"),

    /** {@link ServiceSettings#requestTimeoutMillis()}. */
    REQUEST_TIMEOUT_MILLIS(
            TunableKind.SERVICE,
            "requestTimeoutMillis",
            "milliseconds",
            Range.of(1, 86_400_000),
            10_000L,
            "How long one attempt may take, body included, unless the request has a time-out of its own"),
    /** {@link ServiceSettings#cancelPendingWhenOpen()}. */
    CANCEL_PENDING_WHEN_OPEN(
            TunableKind.SERVICE,
            "cancelPendingWhenOpen",
            true,
            "Whether pending requests are cancelled when the breaker opens; applies from the next opening"),
    /** {@link ServiceSettings#retryNonIdempotent()}. */
    RETRY_NON_IDEMPOTENT(
            TunableKind.SERVICE,
            "retryNonIdempotent",
            false,
            "Whether requests are retried that may then take effect twice, such as POST"),
    /** {@link ServiceSettings#maxRetryAfterMillis()}. */
    MAX_RETRY_AFTER_MILLIS(
            TunableKind.SERVICE,
            "maxRetryAfterMillis",
            "milliseconds",
            Range.of(0, 3_600_000),
            10_000L,
            "The longest Retry-After of the service that is waited for; with a longer one there is no retry"),
    /** {@link ServiceSettings#maxResponseBytes()}. */
    MAX_RESPONSE_BYTES(
            TunableKind.SERVICE,
            "maxResponseBytes",
            "bytes",
            Range.of(0, 1_000_000_000_000L),
            16_000_000L,
            "The longest body of a response; a longer one is a failure and is not read to its end; 0 is no limit"),
    /** {@link ServiceSettings#lastGoodTtlMillis()}. */
    LAST_GOOD_TTL_MILLIS(
            TunableKind.SERVICE,
            "lastGoodTtlMillis",
            "milliseconds",
            Range.of(0, 604_800_000),
            0L,
            "How long the last good response to a GET may replace a failed one; 0 is off"),
    /** {@link ServiceSettings#lastGoodMaxEntries()}. */
    LAST_GOOD_MAX_ENTRIES(
            TunableKind.SERVICE,
            "lastGoodMaxEntries",
            "responses",
            Range.of(1, 1_000_000),
            1_000,
            "Last good responses kept; beyond this the least recently used are evicted"),

    /** {@link BulkheadSettings#enabled()}. */
    BULKHEAD_ENABLED(
            TunableKind.BULKHEAD,
            "enabled",
            true,
            "Whether calls wait or are rejected; while it is off, all begin at once, and are counted"),
    /** {@link BulkheadSettings#maxConcurrentCalls()}. */
    BULKHEAD_MAX_CONCURRENT_CALLS(
            TunableKind.BULKHEAD,
            "maxConcurrentCalls",
            "calls",
            Range.of(1, 1_000_000),
            10,
            "Calls in flight at once, further ones wait or are rejected"),
    /** {@link BulkheadSettings#maxWaitingCalls()}. */
    BULKHEAD_MAX_WAITING_CALLS(
            TunableKind.BULKHEAD,
            "maxWaitingCalls",
            "calls",
            Range.of(0, 1_000_000),
            0,
            "Calls that wait for a place at once, further ones are rejected; 0 is no queue"),
    /** {@link BulkheadSettings#maxWaitMillis()}. */
    BULKHEAD_MAX_WAIT_MILLIS(
            TunableKind.BULKHEAD,
            "maxWaitMillis",
            "milliseconds",
            Range.of(0, 86_400_000),
            0L,
            "A call that has waited this long is rejected; 0 is no limit");

    /**
     * The range of a number.
     *
     * @param min the minimum, or the value that all must exceed
     * @param max the maximum
     * @param above whether {@code min} itself is excluded
     * @since 0.1
     */
    public record Range(long min, long max, boolean above) {
        static Range of(long min, long max) {
            return new Range(min, max, false);
        }

        static Range above(long min, long max) {
            return new Range(min, max, true);
        }

        boolean contains(double value) {
            return (above ? value > min : value >= min) && value <= max;
        }

        @Override
        public String toString() {
            return (above ? "> " : ">= ") + min + " and <= " + max;
        }
    }

    private final TunableKind kind;
    private final String memberName;
    private final String key;
    private final String unit;
    private final Range range;
    private final Object defaultValue;
    private final String description;

    Setting(TunableKind kind, String memberName, String unit, Range range, Object defaultValue, String description) {
        this.kind = kind;
        this.memberName = memberName;
        this.key = memberName.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        this.unit = unit;
        this.range = range;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    Setting(TunableKind kind, String memberName, Object defaultValue, String description) {
        this(kind, memberName, "", null, defaultValue, description);
    }

    /** Returns the settings of a kind, in the order of its record's components. */
    public static List<Setting> of(TunableKind kind) {
        return Arrays.stream(values()).filter(setting -> setting.kind == kind).toList();
    }

    /** Returns the setting of a kind with this {@link #key()}. */
    public static Optional<Setting> ofKey(TunableKind kind, String key) {
        return of(kind).stream().filter(setting -> setting.key.equals(key)).findFirst();
    }

    /** Returns the kind of objects that have this setting. */
    public TunableKind kind() {
        return kind;
    }

    /** Returns the name in annotation and record: {@code failureThreshold}. */
    public String memberName() {
        return memberName;
    }

    /** Returns the name in JMX: {@code FailureThreshold}. */
    public String attributeName() {
        return attributeName(memberName);
    }

    /** Returns the {@link #attributeName()} of the setting with this {@link #memberName()}. */
    public static String attributeName(String memberName) {
        return memberName.substring(0, 1).toUpperCase(Locale.ROOT) + memberName.substring(1);
    }

    /** Returns the name in configuration: {@code failure-threshold}. */
    public String key() {
        return key;
    }

    /** Returns the type of the values: {@code int}, {@code long}, {@code double}, {@code boolean} or an enum. */
    public Class<?> type() {
        return defaultValue instanceof Enum<?> constant
                ? constant.getDeclaringClass()
                : MethodType.methodType(defaultValue.getClass()).unwrap().returnType();
    }

    /** Returns the unit, such as {@code milliseconds}; empty if the setting is a factor or not a number. */
    public String unit() {
        return unit;
    }

    /** Returns the range of a number; {@code null} if the setting is not a number. */
    public Range range() {
        return range;
    }

    /** Returns the names that are allowed; empty if the setting is a number. */
    public List<String> legalValues() {
        if (type() == boolean.class) {
            return List.of("true", "false");
        }
        return type().isEnum()
                ? Arrays.stream(type().getEnumConstants()).map(Object::toString).toList()
                : List.of();
    }

    /** Returns the value without annotation and configuration. */
    public Object defaultValue() {
        return defaultValue;
    }

    /** Returns the meaning, and the effect of a change on running calls, in a sentence for operators. */
    public String description() {
        return description;
    }

    /** Returns whether a value of this type is in range. This is the one check of ranges. */
    boolean allows(Object value) {
        return value != null && (range == null || range.contains(((Number) value).doubleValue()));
    }

    /** Adds a sentence to {@code problems} unless the value is allowed. */
    void check(Object value, List<String> problems) {
        if (!allows(value)) {
            problems.add(SettingValue.problem(this, value));
        }
    }

    /**
     * Converts a number, a text that denotes one, or an element of {@link #legalValues}, to a value of this type.
     *
     * @throws InvalidSettingsException if the value cannot be converted, or is out of range
     */
    public Object parse(Object value) {
        return SettingValue.checked(this, value);
    }
}
