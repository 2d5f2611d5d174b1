package io.switchgear.settings;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of each component of {@link BreakerSettings} and of the other {@link TunableSettings}: its names, type,
 * unit, range, default and meaning. The MBeans, the checks and the texts of errors are made from this table.
 *
 * @since 0.1
 */
public enum Setting {
    TRIP_ON(TunableKind.BREAKER, "tripOn", "How failure is judged"),
    FAILURE_THRESHOLD(
            TunableKind.BREAKER,
            "failureThreshold",
            "failures",
            Range.of(1, 1_000_000),
            "With TripOn CONSECUTIVE_FAILURES: consecutive failures that open the breaker"),
    WINDOW_CALLS(
            TunableKind.BREAKER,
            "windowCalls",
            "calls",
            Range.of(1, 1_000_000),
            "With TripOn CALL_WINDOW: length of the window; a change keeps the most recent outcomes"),
    WINDOW_MILLIS(
            TunableKind.BREAKER,
            "windowMillis",
            "milliseconds",
            Range.of(100, 86_400_000),
            "With TripOn TIME_WINDOW: length of the window; a change keeps the most recent outcomes"),
    MINIMUM_CALLS(
            TunableKind.BREAKER,
            "minimumCalls",
            "calls",
            Range.of(1, 1_000_000),
            "With a window: nothing is judged on fewer outcomes; at most WindowCalls in CALL_WINDOW"),
    FAILURE_RATE_THRESHOLD_PERCENT(
            TunableKind.BREAKER,
            "failureRateThresholdPercent",
            "percent",
            Range.above(0, 100),
            "With a window: failure rate that opens the breaker, this rate or above"),
    SLOW_CALL_MILLIS(
            TunableKind.BREAKER,
            "slowCallMillis",
            "milliseconds",
            Range.of(0, 86_400_000),
            "A call that takes longer is slow, also while it is still running; 0 is off"),
    SLOW_CALL_RATE_THRESHOLD_PERCENT(
            TunableKind.BREAKER,
            "slowCallRateThresholdPercent",
            "percent",
            Range.above(0, 100),
            "With a window: rate of slow calls that opens the breaker, this rate or above"),
    OPEN_MILLIS(
            TunableKind.BREAKER,
            "openMillis",
            "milliseconds",
            Range.of(0, 604_800_000),
            "Time in OPEN; a change moves the deadline of a breaker that is open"),
    OPEN_BACKOFF_FACTOR(
            TunableKind.BREAKER,
            "openBackoffFactor",
            "",
            Range.of(1, 10),
            "Each further opening without a closing between waits this much longer; 1 is off"),
    OPEN_MAX_MILLIS(
            TunableKind.BREAKER,
            "openMaxMillis",
            "milliseconds",
            Range.of(0, 604_800_000),
            "The longest time in OPEN that OpenBackoffFactor leads to"),
    OPEN_JITTER_PERCENT(
            TunableKind.BREAKER,
            "openJitterPercent",
            "percent",
            Range.of(0, 100),
            "Random part of the time in OPEN: it is between this much less and all of it"),
    SUCCESS_THRESHOLD(
            TunableKind.BREAKER,
            "successThreshold",
            "trials",
            Range.of(1, 10_000),
            "Successful trials that close the breaker"),
    HALF_OPEN_MAX_CALLS(
            TunableKind.BREAKER,
            "halfOpenMaxCalls",
            "trials",
            Range.of(1, 10_000),
            "Trials in flight at once while HALF_OPEN"),
    TRIAL_TIMEOUT_MILLIS(
            TunableKind.BREAKER,
            "trialTimeoutMillis",
            "milliseconds",
            Range.of(1, 86_400_000),
            "A trial that takes longer gives its permit to another and decides nothing"),
    MAX_CONCURRENT_CALLS(
            TunableKind.BREAKER,
            "maxConcurrentCalls",
            "calls",
            Range.of(0, 1_000_000),
            "Calls in flight at once, more are rejected; 0 is no limit"),
    CALL_TIMER(
            TunableKind.BREAKER,
            "callTimer",
            "Whether calls are timed for metrics, which needs Micrometer and reads the clock twice for each"),

    MAX_ATTEMPTS(
            TunableKind.RETRY,
            "maxAttempts",
            "attempts",
            Range.of(1, 100),
            "Attempts at most, the first included; 1 is no retry"),
    DELAY_MILLIS(
            TunableKind.RETRY,
            "delayMillis",
            "milliseconds",
            Range.of(0, 3_600_000),
            "Wait before the first retry, or what JitterPercent leaves of it"),
    BACKOFF_FACTOR(
            TunableKind.RETRY,
            "backoffFactor",
            "",
            Range.of(1, 10),
            "Each further retry waits this much longer; 1 is off"),
    MAX_DELAY_MILLIS(
            TunableKind.RETRY,
            "maxDelayMillis",
            "milliseconds",
            Range.of(0, 3_600_000),
            "The longest wait that BackoffFactor leads to"),
    JITTER_PERCENT(
            TunableKind.RETRY,
            "jitterPercent",
            "percent",
            Range.of(0, 100),
            "Random part of each wait: it is between this much less and all of it; 100 is full jitter"),
    MAX_DURATION_MILLIS(
            TunableKind.RETRY,
            "maxDurationMillis",
            "milliseconds",
            Range.of(0, 86_400_000),
            "No retry begins later than this after the first attempt began; 0 is no limit"),
    BUDGET_PERCENT(
            TunableKind.RETRY,
            "budgetPercent",
            "percent",
            Range.of(0, 100),
            "Retries that calls pay for which succeed, in percent of these calls"),
    MIN_RETRIES_PER_SECOND(
            TunableKind.RETRY,
            "minRetriesPerSecond",
            "retries/s",
            Range.of(0, 10_000),
            "Retries in each second that nobody has to pay for"),

    ONLY_WHEN_OPEN(
            TunableKind.FALLBACK,
            "onlyWhenOpen",
            "Whether the fallback stands in for rejected calls alone, and failures reach the caller"),
    TTL_MILLIS(
            TunableKind.FALLBACK,
            "ttlMillis",
            "milliseconds",
            Range.of(1, 604_800_000),
            "How long a good value may stand in; a change counts for those already kept"),
    MAX_ENTRIES(
            TunableKind.FALLBACK,
            "maxEntries",
            "values",
            Range.of(1, 1_000_000),
            "Good values kept; with more, those least used are dropped"),

    REQUEST_TIMEOUT_MILLIS(
            TunableKind.SERVICE,
            "requestTimeoutMillis",
            "milliseconds",
            Range.of(1, 86_400_000),
            "How long one attempt may take, body included, unless the request has a time-out of its own"),
    CANCEL_PENDING_WHEN_OPEN(
            TunableKind.SERVICE,
            "cancelPendingWhenOpen",
            "Whether requests still pending are cancelled when the breaker opens; counts from the next opening"),
    RETRY_NON_IDEMPOTENT(
            TunableKind.SERVICE,
            "retryNonIdempotent",
            "Whether requests are sent again that may then take effect twice, such as POST"),
    MAX_RETRY_AFTER_MILLIS(
            TunableKind.SERVICE,
            "maxRetryAfterMillis",
            "milliseconds",
            Range.of(0, 3_600_000),
            "The longest wait that the service may ask for with Retry-After; if it asks for more, nothing is retried"),
    LAST_GOOD_TTL_MILLIS(
            TunableKind.SERVICE,
            "lastGoodTtlMillis",
            "milliseconds",
            Range.of(0, 604_800_000),
            "How long the last good response to a GET may stand in for a failed one; 0 is off"),
    LAST_GOOD_MAX_ENTRIES(
            TunableKind.SERVICE,
            "lastGoodMaxEntries",
            "responses",
            Range.of(1, 1_000_000),
            "Good responses kept; with more, those least recently used are dropped");

    /**
     * The values allowed.
     *
     * @param min the least value, or the value that all must exceed
     * @param max the greatest value
     * @param above whether {@code min} itself is excluded
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
    private final String description;
    private final Method component;

    Setting(TunableKind kind, String memberName, String unit, Range range, String description) {
        this.kind = kind;
        this.memberName = memberName;
        this.key = memberName.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        this.unit = unit;
        this.range = range;
        this.description = description;
        this.component = kind.component(memberName);
    }

    Setting(TunableKind kind, String memberName, String description) {
        this(kind, memberName, "", null, description);
    }

    /** What it is a setting of. */
    public TunableKind kind() {
        return kind;
    }

    /** As in the annotation and the record: {@code failureThreshold}. */
    public String memberName() {
        return memberName;
    }

    /** As in JMX: {@code FailureThreshold}. */
    public String attributeName() {
        return attributeName(memberName);
    }

    /** {@link #attributeName()} of the setting with this {@link #memberName()}. */
    public static String attributeName(String memberName) {
        return memberName.substring(0, 1).toUpperCase(Locale.ROOT) + memberName.substring(1);
    }

    /** As in configuration: {@code failure-threshold}. */
    public String key() {
        return key;
    }

    /** The setting of this kind with this {@link #key()}. */
    public static Optional<Setting> ofKey(TunableKind kind, String key) {
        return kind.settings().stream()
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    /** {@code int}, {@code long}, {@code double}, {@code boolean} or an enum. */
    public Class<?> type() {
        return component.getReturnType();
    }

    /** In words, as {@code milliseconds}; empty for names. */
    public String unit() {
        return unit;
    }

    /** The values allowed; {@code null} where they are names. */
    public Range range() {
        return range;
    }

    /** The names of the values allowed; empty for a number. */
    public List<String> legalValues() {
        if (type() == boolean.class) {
            return List.of("true", "false");
        }
        return type().isEnum()
                ? Arrays.stream(type().getEnumConstants()).map(Object::toString).toList()
                : List.of();
    }

    /** The value without annotation and configuration. */
    public Object defaultValue() {
        return of(kind.defaults());
    }

    /** Meaning, and what a change does while calls are running, in a sentence for an operator. */
    public String description() {
        return description;
    }

    /**
     * The value in {@code settings}.
     *
     * @throws IllegalArgumentException if they are of another kind
     */
    public Object of(TunableSettings<?> settings) {
        try {
            return component.invoke(settings);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(this + " cannot be read", impossible);
        }
    }

    void check(Object value, List<String> problems) {
        if (value == null || (range != null && !range.contains(((Number) value).doubleValue()))) {
            problems.add(SettingValue.problem(this, value));
        }
    }

    /**
     * A number, or text that stands for one or is one of {@link #legalValues}, as a value of this type.
     *
     * @throws InvalidSettingsException if it is none, or out of range
     */
    public Object converted(Object value) {
        return SettingValue.converted(this, value);
    }
}
