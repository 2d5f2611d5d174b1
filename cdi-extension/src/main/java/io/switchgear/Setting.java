package io.switchgear;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What is known of each component of {@link Settings}: its names, type, unit, range, default and meaning. The MBeans,
 * the checks and the texts of errors are made from this table.
 *
 * @since 0.1
 */
public enum Setting {
    TRIP_ON("tripOn", TripOn.class, "How failure is judged", Settings::tripOn, Settings.Builder::tripOn),
    FAILURE_THRESHOLD(
            "failureThreshold",
            Integer.class,
            "failures",
            Range.of(1, 1_000_000),
            "With TripOn CONSECUTIVE_FAILURES: consecutive failures that open the breaker",
            Settings::failureThreshold,
            Settings.Builder::failureThreshold),
    WINDOW_CALLS(
            "windowCalls",
            Integer.class,
            "calls",
            Range.of(1, 1_000_000),
            "With TripOn CALL_WINDOW: length of the window; a change keeps the most recent outcomes",
            Settings::windowCalls,
            Settings.Builder::windowCalls),
    WINDOW_MILLIS(
            "windowMillis",
            Long.class,
            "milliseconds",
            Range.of(100, 86_400_000),
            "With TripOn TIME_WINDOW: length of the window; a change keeps the most recent outcomes",
            Settings::windowMillis,
            Settings.Builder::windowMillis),
    MINIMUM_CALLS(
            "minimumCalls",
            Integer.class,
            "calls",
            Range.of(1, 1_000_000),
            "With a window: nothing is judged on fewer outcomes; at most WindowCalls in CALL_WINDOW",
            Settings::minimumCalls,
            Settings.Builder::minimumCalls),
    FAILURE_RATE_THRESHOLD_PERCENT(
            "failureRateThresholdPercent",
            Double.class,
            "percent",
            Range.above(0, 100),
            "With a window: failure rate that opens the breaker, this rate or above",
            Settings::failureRateThresholdPercent,
            Settings.Builder::failureRateThresholdPercent),
    SLOW_CALL_MILLIS(
            "slowCallMillis",
            Long.class,
            "milliseconds",
            Range.of(0, 86_400_000),
            "A call that takes longer is slow, also while it is still running; 0 is off",
            Settings::slowCallMillis,
            Settings.Builder::slowCallMillis),
    SLOW_CALL_RATE_THRESHOLD_PERCENT(
            "slowCallRateThresholdPercent",
            Double.class,
            "percent",
            Range.above(0, 100),
            "With a window: rate of slow calls that opens the breaker, this rate or above",
            Settings::slowCallRateThresholdPercent,
            Settings.Builder::slowCallRateThresholdPercent),
    OPEN_MILLIS(
            "openMillis",
            Long.class,
            "milliseconds",
            Range.of(0, 604_800_000),
            "Time in OPEN; a change moves the deadline of a breaker that is open",
            Settings::openMillis,
            Settings.Builder::openMillis),
    OPEN_BACKOFF_FACTOR(
            "openBackoffFactor",
            Double.class,
            "",
            Range.of(1, 10),
            "Each further opening without a closing between waits this much longer; 1 is off",
            Settings::openBackoffFactor,
            Settings.Builder::openBackoffFactor),
    OPEN_MAX_MILLIS(
            "openMaxMillis",
            Long.class,
            "milliseconds",
            Range.of(0, 604_800_000),
            "The longest time in OPEN that OpenBackoffFactor leads to",
            Settings::openMaxMillis,
            Settings.Builder::openMaxMillis),
    OPEN_JITTER_PERCENT(
            "openJitterPercent",
            Double.class,
            "percent",
            Range.of(0, 100),
            "Random part of the time in OPEN: it is between this much less and all of it",
            Settings::openJitterPercent,
            Settings.Builder::openJitterPercent),
    SUCCESS_THRESHOLD(
            "successThreshold",
            Integer.class,
            "trials",
            Range.of(1, 10_000),
            "Successful trials that close the breaker",
            Settings::successThreshold,
            Settings.Builder::successThreshold),
    HALF_OPEN_MAX_CALLS(
            "halfOpenMaxCalls",
            Integer.class,
            "trials",
            Range.of(1, 10_000),
            "Trials in flight at once while HALF_OPEN",
            Settings::halfOpenMaxCalls,
            Settings.Builder::halfOpenMaxCalls),
    TRIAL_TIMEOUT_MILLIS(
            "trialTimeoutMillis",
            Long.class,
            "milliseconds",
            Range.of(1, 86_400_000),
            "A trial that takes longer gives its permit to another and decides nothing",
            Settings::trialTimeoutMillis,
            Settings.Builder::trialTimeoutMillis),
    MAX_CONCURRENT_CALLS(
            "maxConcurrentCalls",
            Integer.class,
            "calls",
            Range.of(0, 1_000_000),
            "Calls in flight at once, more are rejected; 0 is no limit",
            Settings::maxConcurrentCalls,
            Settings.Builder::maxConcurrentCalls);

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

    private static final int LONGEST_NUMBER = 50;
    private static final int MOST_BITS = 160;

    private final String memberName;
    private final String key;
    private final Class<?> type;
    private final String unit;
    private final Range range;
    private final String description;
    private final Function<Settings, Object> getter;
    private final BiConsumer<Settings.Builder, Object> setter;

    <T> Setting(
            String memberName,
            Class<T> type,
            String unit,
            Range range,
            String description,
            Function<Settings, T> getter,
            BiConsumer<Settings.Builder, T> setter) {
        this.memberName = memberName;
        this.key = memberName.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        this.type = type;
        this.unit = unit;
        this.range = range;
        this.description = description;
        this.getter = getter::apply;
        this.setter = (builder, value) -> setter.accept(builder, type.cast(value));
    }

    <T extends Enum<T>> Setting(
            String memberName,
            Class<T> type,
            String description,
            Function<Settings, T> getter,
            BiConsumer<Settings.Builder, T> setter) {
        this(memberName, type, "", null, description, getter, setter);
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

    /** The setting with this {@link #key()}. */
    public static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    /** {@code Integer}, {@code Long}, {@code Double} or an enum. */
    public Class<?> type() {
        return type;
    }

    /** In words, as {@code milliseconds}; empty for an enum. */
    public String unit() {
        return unit;
    }

    /** The values allowed; {@code null} for an enum. */
    public Range range() {
        return range;
    }

    /** The names of the values allowed; empty for a number. */
    public List<String> legalValues() {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants()).map(Object::toString).toList()
                : List.of();
    }

    /** The value that {@link Settings#defaults} has. */
    public Object defaultValue() {
        return of(Settings.defaults());
    }

    /** Meaning, and what a change does to a running breaker, in a sentence for an operator. */
    public String description() {
        return description;
    }

    /** The value in {@code settings}. */
    public Object of(Settings settings) {
        return getter.apply(settings);
    }

    void set(Settings.Builder builder, Object value) {
        setter.accept(builder, value);
    }

    void check(Object value, List<String> problems) {
        if (value == null || (range != null && !range.contains(((Number) value).doubleValue()))) {
            problems.add(problem(value));
        }
    }

    /**
     * A number, or text that stands for one or names an enum constant, as a value of this type.
     *
     * @throws InvalidSettingsException if it is none, or out of range
     */
    public Object converted(Object value) {
        String text = text(value).strip();
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> refused(value));
        }
        if (!(value instanceof Number || value instanceof String) || text.length() > LONGEST_NUMBER) {
            throw refused(value);
        }
        try {
            // whole ones through a decimal: 10, 10L, 10.0 and "10" are ten, 10.5 is refused, nothing wraps around
            Number number = type == Double.class
                    ? (Number) Double.valueOf(text)
                    : (Number) new BigDecimal(text).longValueExact();
            if (!range.contains(number.doubleValue())) {
                throw refused(value);
            }
            return type == Integer.class ? (Number) number.intValue() : number;
        } catch (NumberFormatException | ArithmeticException notSuchANumber) {
            throw refused(value);
        }
    }

    private InvalidSettingsException refused(Object value) {
        return new InvalidSettingsException(List.of(problem(value)));
    }

    private String problem(Object value) {
        String rule = range == null
                ? "one of " + String.join(", ", legalValues())
                : (type == Double.class ? "a number " : "a whole number ") + range;
        String text = shortened(text(value));
        String shown = value instanceof String ? "\"" + text + "\"" : text;
        return "{" + memberName + "} must be " + rule + " but was " + shown;
    }

    /** Of what may come from anywhere: the text of some objects takes longer to make than anybody lives. */
    private static String text(Object value) {
        boolean harmless = value == null
                || value instanceof Enum<?>
                || (value instanceof BigInteger number && number.bitLength() <= MOST_BITS)
                || (value instanceof BigDecimal decimal
                        && decimal.unscaledValue().bitLength() <= MOST_BITS)
                || value.getClass().getPackageName().equals("java.lang");
        return harmless ? String.valueOf(value) : "a " + value.getClass().getName();
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
