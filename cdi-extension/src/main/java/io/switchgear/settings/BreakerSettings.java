package io.switchgear.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything about a breaker that can be tuned, as one immutable value. This constructor is the one place where
 * settings are checked, wherever they come from.
 *
 * <p>The defaults are those of the pattern's usual description (Nygard, <i>Release It!</i>): 5 failures, a minute, 3
 * trials.
 *
 * @param tripOn how failure is judged. Live: the new judge starts from what is known
 * @param failureThreshold consecutive failures that open; 1 to 1,000,000, default 5
 * @param windowCalls outcomes in the call window; 1 to 1,000,000, default 100. Live: the most recent outcomes are kept
 * @param windowMillis length of the time window; 100 to 86,400,000, default 10,000. Live: the most recent outcomes are
 *     kept
 * @param minimumCalls nothing is judged on fewer outcomes; 1 to {@code windowCalls} with {@link TripOn#CALL_WINDOW},
 *     default 20
 * @param failureRateThresholdPercent opens at this failure rate or above, compared exactly; above 0 to 100, default 50.
 *     Decimals beyond the sixth are rounded
 * @param slowCallMillis a call that takes longer is slow, also while it is still running; 0 to 86,400,000, default 0 =
 *     off. With {@link TripOn#CONSECUTIVE_FAILURES}, and for trials, slow counts as a failure. Live: calls admitted
 *     from then on are watched while they run
 * @param slowCallRateThresholdPercent opens at this rate of slow calls or above; above 0 to 100, default 100
 * @param openMillis time in OPEN, in milliseconds; 0 to 604,800,000, default 60,000. Live: the deadline is worked out
 *     again from the moment of opening
 * @param openBackoffFactor each further opening without a closing between waits this much longer; 1 to 10, default 1
 * @param openMaxMillis and at most this long; 0 to 604,800,000, default 600,000, at least {@code openMillis} where
 *     {@code openBackoffFactor} is above 1
 * @param openJitterPercent random part of the wait, so that a fleet does not knock at one moment; 0 to 100, default 0.
 *     The wait is between this much less and all of it
 * @param successThreshold successful trials that close; 1 to 10,000, default 3
 * @param halfOpenMaxCalls trials in flight at once; 1 to 10,000, default 3
 * @param trialTimeoutMillis after this many milliseconds a trial that has not come back gives its permit to another,
 *     and its result counts for nothing; 1 to 86,400,000, default 60,000
 * @param maxConcurrentCalls calls in flight at once, more are rejected; 0 to 1,000,000, default 0 = no limit. Live:
 *     calls admitted while there was no limit do not count
 * @param callTimer whether calls are timed for metrics, which costs two readings of the clock for each; default
 *     {@link CallTimer#OFF}. Live: calls admitted from then on are timed, and trials that end from then on
 * @since 0.1
 */
public record BreakerSettings(
        TripOn tripOn,
        int failureThreshold,
        int windowCalls,
        long windowMillis,
        int minimumCalls,
        double failureRateThresholdPercent,
        long slowCallMillis,
        double slowCallRateThresholdPercent,
        long openMillis,
        double openBackoffFactor,
        long openMaxMillis,
        double openJitterPercent,
        int successThreshold,
        int halfOpenMaxCalls,
        long trialTimeoutMillis,
        int maxConcurrentCalls,
        CallTimer callTimer)
        implements TunableSettings<BreakerSettings> {
    private static final BreakerSettings DEFAULTS = new BreakerSettings(
            TripOn.CONSECUTIVE_FAILURES,
            5,
            100,
            10_000,
            20,
            50,
            0,
            100,
            60_000,
            1,
            600_000,
            0,
            3,
            3,
            60_000,
            0,
            CallTimer.OFF);

    /**
     * Checks all of them.
     *
     * @throws InvalidSettingsException if a value is out of its range or contradicts another; names all that are
     */
    public BreakerSettings {
        List<String> problems = new ArrayList<>();
        Setting.TRIP_ON.check(tripOn, problems);
        Setting.FAILURE_THRESHOLD.check(failureThreshold, problems);
        Setting.WINDOW_CALLS.check(windowCalls, problems);
        Setting.WINDOW_MILLIS.check(windowMillis, problems);
        Setting.MINIMUM_CALLS.check(minimumCalls, problems);
        Setting.FAILURE_RATE_THRESHOLD_PERCENT.check(failureRateThresholdPercent, problems);
        Setting.SLOW_CALL_MILLIS.check(slowCallMillis, problems);
        Setting.SLOW_CALL_RATE_THRESHOLD_PERCENT.check(slowCallRateThresholdPercent, problems);
        Setting.OPEN_MILLIS.check(openMillis, problems);
        Setting.OPEN_BACKOFF_FACTOR.check(openBackoffFactor, problems);
        Setting.OPEN_MAX_MILLIS.check(openMaxMillis, problems);
        Setting.OPEN_JITTER_PERCENT.check(openJitterPercent, problems);
        Setting.SUCCESS_THRESHOLD.check(successThreshold, problems);
        Setting.HALF_OPEN_MAX_CALLS.check(halfOpenMaxCalls, problems);
        Setting.TRIAL_TIMEOUT_MILLIS.check(trialTimeoutMillis, problems);
        Setting.MAX_CONCURRENT_CALLS.check(maxConcurrentCalls, problems);
        Setting.CALL_TIMER.check(callTimer, problems);
        if (tripOn == TripOn.CALL_WINDOW && minimumCalls > windowCalls) {
            problems.add("{minimumCalls} must be <= {windowCalls} (" + windowCalls + ") but was " + minimumCalls);
        }
        if (openBackoffFactor > 1 && openMaxMillis < openMillis) {
            problems.add("{openMaxMillis} must be >= {openMillis} (" + openMillis + ") but was " + openMaxMillis);
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** The defaults. */
    public static BreakerSettings defaults() {
        return DEFAULTS;
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return DEFAULTS.toBuilder();
    }

    /** A builder that starts from these settings. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public TunableKind kind() {
        return TunableKind.BREAKER;
    }

    /** Collects settings; {@link #build} checks them. Each method takes what the component of the same name means. */
    public static final class Builder {
        private TripOn tripOn;
        private int failureThreshold;
        private int windowCalls;
        private long windowMillis;
        private int minimumCalls;
        private double failureRateThresholdPercent;
        private long slowCallMillis;
        private double slowCallRateThresholdPercent;
        private long openMillis;
        private double openBackoffFactor;
        private long openMaxMillis;
        private double openJitterPercent;
        private int successThreshold;
        private int halfOpenMaxCalls;
        private long trialTimeoutMillis;
        private int maxConcurrentCalls;
        private CallTimer callTimer;

        private Builder(BreakerSettings start) {
            tripOn = start.tripOn;
            failureThreshold = start.failureThreshold;
            windowCalls = start.windowCalls;
            windowMillis = start.windowMillis;
            minimumCalls = start.minimumCalls;
            failureRateThresholdPercent = start.failureRateThresholdPercent;
            slowCallMillis = start.slowCallMillis;
            slowCallRateThresholdPercent = start.slowCallRateThresholdPercent;
            openMillis = start.openMillis;
            openBackoffFactor = start.openBackoffFactor;
            openMaxMillis = start.openMaxMillis;
            openJitterPercent = start.openJitterPercent;
            successThreshold = start.successThreshold;
            halfOpenMaxCalls = start.halfOpenMaxCalls;
            trialTimeoutMillis = start.trialTimeoutMillis;
            maxConcurrentCalls = start.maxConcurrentCalls;
            callTimer = start.callTimer;
        }

        public Builder tripOn(TripOn value) {
            tripOn = value;
            return this;
        }

        public Builder failureThreshold(int value) {
            failureThreshold = value;
            return this;
        }

        public Builder windowCalls(int value) {
            windowCalls = value;
            return this;
        }

        public Builder windowMillis(long value) {
            windowMillis = value;
            return this;
        }

        /** {@link BreakerSettings#windowMillis} as a duration. */
        public Builder window(Duration value) {
            return windowMillis(SettingValue.millis(value));
        }

        public Builder minimumCalls(int value) {
            minimumCalls = value;
            return this;
        }

        public Builder failureRateThresholdPercent(double value) {
            failureRateThresholdPercent = value;
            return this;
        }

        public Builder slowCallMillis(long value) {
            slowCallMillis = value;
            return this;
        }

        /** {@link BreakerSettings#slowCallMillis} as a duration. */
        public Builder slowCall(Duration value) {
            return slowCallMillis(SettingValue.millis(value));
        }

        public Builder slowCallRateThresholdPercent(double value) {
            slowCallRateThresholdPercent = value;
            return this;
        }

        public Builder openMillis(long value) {
            openMillis = value;
            return this;
        }

        /** {@link BreakerSettings#openMillis} as a duration. */
        public Builder open(Duration value) {
            return openMillis(SettingValue.millis(value));
        }

        public Builder openBackoffFactor(double value) {
            openBackoffFactor = value;
            return this;
        }

        public Builder openMaxMillis(long value) {
            openMaxMillis = value;
            return this;
        }

        /** {@link BreakerSettings#openMaxMillis} as a duration. */
        public Builder openMax(Duration value) {
            return openMaxMillis(SettingValue.millis(value));
        }

        public Builder openJitterPercent(double value) {
            openJitterPercent = value;
            return this;
        }

        public Builder successThreshold(int value) {
            successThreshold = value;
            return this;
        }

        public Builder halfOpenMaxCalls(int value) {
            halfOpenMaxCalls = value;
            return this;
        }

        public Builder trialTimeoutMillis(long value) {
            trialTimeoutMillis = value;
            return this;
        }

        /** {@link BreakerSettings#trialTimeoutMillis} as a duration. */
        public Builder trialTimeout(Duration value) {
            return trialTimeoutMillis(SettingValue.millis(value));
        }

        public Builder maxConcurrentCalls(int value) {
            maxConcurrentCalls = value;
            return this;
        }

        public Builder callTimer(CallTimer value) {
            callTimer = value;
            return this;
        }

        /**
         * The settings collected.
         *
         * @throws InvalidSettingsException if a value is out of its range or contradicts another
         */
        public BreakerSettings build() {
            return new BreakerSettings(
                    tripOn,
                    failureThreshold,
                    windowCalls,
                    windowMillis,
                    minimumCalls,
                    failureRateThresholdPercent,
                    slowCallMillis,
                    slowCallRateThresholdPercent,
                    openMillis,
                    openBackoffFactor,
                    openMaxMillis,
                    openJitterPercent,
                    successThreshold,
                    halfOpenMaxCalls,
                    trialTimeoutMillis,
                    maxConcurrentCalls,
                    callTimer);
        }
    }
}
