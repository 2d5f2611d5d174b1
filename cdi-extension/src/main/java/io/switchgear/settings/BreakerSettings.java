// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of a breaker, as one immutable value. All settings of a breaker, whatever their origin, are checked in
 * the constructor.
 *
 * <p>The defaults are those of the pattern's usual description (Nygard, <i>Release It!</i>): 5 failures, a minute, 3
 * trials. A change takes effect with the next call or outcome; "Live" says what else it does to a running breaker.
 *
 * @param enabled whether the breaker acts; default {@code true}. While it is {@code false}, calls pass as if there were
 *     no breaker: none is rejected, counted, timed or judged, and the state is
 *     {@link io.switchgear.status.CircuitState#CLOSED}. Live: outcomes of calls admitted before are late. When it
 *     becomes {@code true} again, the breaker continues in the state that it had before, with the same deadline and the
 *     same outcomes; trials begin anew
 * @param tripOn the policy that opens the breaker; default {@link TripOn#CONSECUTIVE_FAILURES}. {@link TripOn} says
 *     when to choose which. Live: the new policy starts from the outcomes that the old one holds
 * @param failureThreshold consecutive failures that open the breaker; 1 to 1,000,000, default 5
 * @param windowCalls outcomes in the call window; 1 to 1,000,000, default 100; see {@link #MAX_TOTAL_WINDOW_CALLS}.
 *     Live: the most recent outcomes are kept
 * @param windowMillis length of the time window; 100 to 86,400,000, default 10,000. Live: the most recent outcomes are
 *     kept
 * @param minimumCalls outcomes that a window needs before a rate is judged; with {@link TripOn#ADAPTIVE}, how many
 *     failures in excess of that rate begin to open the breaker. 1 to 1,000,000, and at most {@code windowCalls} with
 *     {@link TripOn#CALL_WINDOW}; default 20
 * @param failureRateThresholdPercent failure rate of a window at which the breaker opens, compared exactly; with
 *     {@link TripOn#ADAPTIVE}, the failure rate above which it admits a smaller share of the calls. Above 0 to 100,
 *     default 50. Decimals beyond the sixth are rounded
 * @param slowCallMillis duration above which a call is slow, also while it is still running; 0 (off) to 86,400,000,
 *     default 0. With {@link TripOn#CONSECUTIVE_FAILURES} and {@link TripOn#ADAPTIVE}, and for trials, a slow call is a
 *     failure. Live: applies to calls admitted from then on
 * @param slowCallRateThresholdPercent rate of slow calls in a window at which the breaker opens; above 0 to 100,
 *     default 100
 * @param openMillis time in OPEN, in milliseconds, unless {@code tripOn} is {@link TripOn#ADAPTIVE}; 0 to 604,800,000,
 *     default 60,000. Live: the deadline is computed again from the moment of opening
 * @param openBackoffFactor factor by which each further opening, without a closing in between, prolongs the time in
 *     OPEN; 1 (off) to 10, default 1
 * @param openMaxMillis maximum time in OPEN with a factor above 1; 0 to 604,800,000, default 600,000, and at least
 *     {@code openMillis} if the factor is above 1
 * @param openJitterPercent maximum part by which the time in OPEN is shortened at random, so that many instances do not
 *     send trials at the same moment; 0 to 100, default 0
 * @param successThreshold successful trials that close the breaker or, with {@link TripOn#ADAPTIVE}, make it half-open;
 *     the latter also judges no share on fewer outcomes. 1 to 10,000, default 3
 * @param halfOpenMaxCalls trials in flight at once; 1 to 10,000, default 3
 * @param trialTimeoutMillis time after which a trial that has not returned loses its permit to another call, and its
 *     outcome decides nothing; 1 to 86,400,000, default 60,000
 * @param maxTrialFailures trials that may fail before {@code successThreshold} have succeeded; one more opens the
 *     breaker again. 0 (any failing trial does) to 10,000, default 0. Live: trials that have ended count
 * @param trialIntervalMillis with {@link TripOn#ADAPTIVE}: time from one trial to the next while the breaker is open,
 *     prolonged by {@code openBackoffFactor} and shortened by {@code openJitterPercent} as the time in OPEN is with the
 *     other policies; 1 to 86,400,000, default 2,000. Live: the time of the next trial is computed again
 * @param rampUpMillis time after closing in which the share of the calls that is admitted grows evenly from 10 % to all
 *     of them; with {@link TripOn#ADAPTIVE}, the least time in which it grows before closing. 0 (all at once) to
 *     86,400,000, default 0. Live: the share is computed again from the moment of closing
 * @param maxConcurrentCalls maximum number of calls in flight; further ones wait as {@code maxWaitingCalls} allows, or
 *     are rejected. 0 (no limit) to 1,000,000, default 0. Live: calls admitted while there was no limit do not count;
 *     calls that wait are admitted at once as far as a raised limit has places for them, and all of them if it is
 *     removed
 * @param maxWaitingCalls maximum number of calls that wait for a place at once, on the threads of their callers and
 *     first come, first served; further ones are rejected. 0 (no queue) to 1,000,000, default 0. Calls wait only while
 *     the breaker is closed and in automatic mode. Live: a lower value rejects none of the calls that wait
 * @param maxWaitMillis time after which a call that waits is rejected; 0 (no limit) to 86,400,000, default 1,000. Live:
 *     applies to calls that begin to wait from then on
 * @param callTimer whether the duration of calls is a metric, which costs two readings of the clock for each call;
 *     default {@link CallTimer#OFF}. Live: applies to calls admitted, and trials that end, from then on
 * @since 0.1
 */
public record BreakerSettings(
        boolean enabled,
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
        int maxTrialFailures,
        long trialIntervalMillis,
        long rampUpMillis,
        int maxConcurrentCalls,
        int maxWaitingCalls,
        long maxWaitMillis,
        CallTimer callTimer)
        implements TunableSettings<BreakerSettings> {
    /**
     * Maximum sum of {@code windowCalls} of all breakers of an application, whatever their {@code tripOn}: 100,000,000,
     * which is 25 MB of memory if all have {@link TripOn#CALL_WINDOW}. Checked where one step affects many breakers: at
     * deployment, for breakers by key, for changes of all breakers that match a pattern, and for saved settings.
     */
    public static final long MAX_TOTAL_WINDOW_CALLS = 100_000_000;

    private static final BreakerSettings DEFAULTS = new BreakerSettings(
            true,
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
            2_000,
            0,
            0,
            0,
            1_000,
            CallTimer.OFF);

    /**
     * Creates settings, and checks them as a whole.
     *
     * @throws InvalidSettingsException if a value is out of range or contradicts another; the message names each
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
        Setting.MAX_TRIAL_FAILURES.check(maxTrialFailures, problems);
        Setting.TRIAL_INTERVAL_MILLIS.check(trialIntervalMillis, problems);
        Setting.RAMP_UP_MILLIS.check(rampUpMillis, problems);
        Setting.MAX_CONCURRENT_CALLS.check(maxConcurrentCalls, problems);
        Setting.MAX_WAITING_CALLS.check(maxWaitingCalls, problems);
        Setting.MAX_WAIT_MILLIS.check(maxWaitMillis, problems);
        Setting.CALL_TIMER.check(callTimer, problems);
        if (tripOn == TripOn.CALL_WINDOW && minimumCalls > windowCalls) {
            problems.add(SettingValue.contradiction(
                    Setting.MINIMUM_CALLS, minimumCalls, "<=", Setting.WINDOW_CALLS, windowCalls));
        }
        if (openBackoffFactor > 1 && openMaxMillis < openMillis) {
            problems.add(SettingValue.contradiction(
                    Setting.OPEN_MAX_MILLIS, openMaxMillis, ">=", Setting.OPEN_MILLIS, openMillis));
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** Returns the defaults. */
    public static BreakerSettings defaults() {
        return DEFAULTS;
    }

    /** Returns a builder that starts from the defaults. */
    public static Builder builder() {
        return DEFAULTS.toBuilder();
    }

    /** Returns a builder that starts from these settings. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    @Override
    public TunableKind kind() {
        return TunableKind.BREAKER;
    }

    /** A builder of settings. Its methods set the component of the same name; {@link #build} checks all of them. */
    public static final class Builder {
        private boolean enabled;
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
        private int maxTrialFailures;
        private long trialIntervalMillis;
        private long rampUpMillis;
        private int maxConcurrentCalls;
        private int maxWaitingCalls;
        private long maxWaitMillis;
        private CallTimer callTimer;

        private Builder(BreakerSettings start) {
            enabled = start.enabled;
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
            maxTrialFailures = start.maxTrialFailures;
            trialIntervalMillis = start.trialIntervalMillis;
            rampUpMillis = start.rampUpMillis;
            maxConcurrentCalls = start.maxConcurrentCalls;
            maxWaitingCalls = start.maxWaitingCalls;
            maxWaitMillis = start.maxWaitMillis;
            callTimer = start.callTimer;
        }

        /** Sets {@link BreakerSettings#enabled()}. */
        public Builder enabled(boolean value) {
            enabled = value;
            return this;
        }

        /** Sets {@link BreakerSettings#tripOn()}. */
        public Builder tripOn(TripOn value) {
            tripOn = value;
            return this;
        }

        /** Sets {@link BreakerSettings#failureThreshold()}. */
        public Builder failureThreshold(int value) {
            failureThreshold = value;
            return this;
        }

        /** Sets {@link BreakerSettings#windowCalls()}. */
        public Builder windowCalls(int value) {
            windowCalls = value;
            return this;
        }

        /** Sets {@link BreakerSettings#windowMillis()}. */
        public Builder windowMillis(long value) {
            windowMillis = value;
            return this;
        }

        /** Sets {@link BreakerSettings#windowMillis()} as a duration, rounded up to a millisecond. */
        public Builder window(Duration value) {
            return windowMillis(SettingValue.millis(value));
        }

        /** Sets {@link BreakerSettings#minimumCalls()}. */
        public Builder minimumCalls(int value) {
            minimumCalls = value;
            return this;
        }

        /** Sets {@link BreakerSettings#failureRateThresholdPercent()}. */
        public Builder failureRateThresholdPercent(double value) {
            failureRateThresholdPercent = value;
            return this;
        }

        /** Sets {@link BreakerSettings#slowCallMillis()}. */
        public Builder slowCallMillis(long value) {
            slowCallMillis = value;
            return this;
        }

        /** Sets {@link BreakerSettings#slowCallMillis()} as a duration, rounded up to a millisecond. */
        public Builder slowCall(Duration value) {
            return slowCallMillis(SettingValue.millis(value));
        }

        /** Sets {@link BreakerSettings#slowCallRateThresholdPercent()}. */
        public Builder slowCallRateThresholdPercent(double value) {
            slowCallRateThresholdPercent = value;
            return this;
        }

        /** Sets {@link BreakerSettings#openMillis()}. */
        public Builder openMillis(long value) {
            openMillis = value;
            return this;
        }

        /** Sets {@link BreakerSettings#openMillis()} as a duration, rounded up to a millisecond. */
        public Builder open(Duration value) {
            return openMillis(SettingValue.millis(value));
        }

        /** Sets {@link BreakerSettings#openBackoffFactor()}. */
        public Builder openBackoffFactor(double value) {
            openBackoffFactor = value;
            return this;
        }

        /** Sets {@link BreakerSettings#openMaxMillis()}. */
        public Builder openMaxMillis(long value) {
            openMaxMillis = value;
            return this;
        }

        /** Sets {@link BreakerSettings#openMaxMillis()} as a duration, rounded up to a millisecond. */
        public Builder openMax(Duration value) {
            return openMaxMillis(SettingValue.millis(value));
        }

        /** Sets {@link BreakerSettings#openJitterPercent()}. */
        public Builder openJitterPercent(double value) {
            openJitterPercent = value;
            return this;
        }

        /** Sets {@link BreakerSettings#successThreshold()}. */
        public Builder successThreshold(int value) {
            successThreshold = value;
            return this;
        }

        /** Sets {@link BreakerSettings#halfOpenMaxCalls()}. */
        public Builder halfOpenMaxCalls(int value) {
            halfOpenMaxCalls = value;
            return this;
        }

        /** Sets {@link BreakerSettings#trialTimeoutMillis()}. */
        public Builder trialTimeoutMillis(long value) {
            trialTimeoutMillis = value;
            return this;
        }

        /** Sets {@link BreakerSettings#trialTimeoutMillis()} as a duration, rounded up to a millisecond. */
        public Builder trialTimeout(Duration value) {
            return trialTimeoutMillis(SettingValue.millis(value));
        }

        /** Sets {@link BreakerSettings#maxTrialFailures()}. */
        public Builder maxTrialFailures(int value) {
            maxTrialFailures = value;
            return this;
        }

        /** Sets {@link BreakerSettings#trialIntervalMillis()}. */
        public Builder trialIntervalMillis(long value) {
            trialIntervalMillis = value;
            return this;
        }

        /** Sets {@link BreakerSettings#trialIntervalMillis()} as a duration, rounded up to a millisecond. */
        public Builder trialInterval(Duration value) {
            return trialIntervalMillis(SettingValue.millis(value));
        }

        /** Sets {@link BreakerSettings#rampUpMillis()}. */
        public Builder rampUpMillis(long value) {
            rampUpMillis = value;
            return this;
        }

        /** Sets {@link BreakerSettings#rampUpMillis()} as a duration, rounded up to a millisecond. */
        public Builder rampUp(Duration value) {
            return rampUpMillis(SettingValue.millis(value));
        }

        /** Sets {@link BreakerSettings#maxConcurrentCalls()}. */
        public Builder maxConcurrentCalls(int value) {
            maxConcurrentCalls = value;
            return this;
        }

        /** Sets {@link BreakerSettings#maxWaitingCalls()}. */
        public Builder maxWaitingCalls(int value) {
            maxWaitingCalls = value;
            return this;
        }

        /** Sets {@link BreakerSettings#maxWaitMillis()}. */
        public Builder maxWaitMillis(long value) {
            maxWaitMillis = value;
            return this;
        }

        /** Sets {@link BreakerSettings#maxWaitMillis()} as a duration, rounded up to a millisecond. */
        public Builder maxWait(Duration value) {
            return maxWaitMillis(SettingValue.millis(value));
        }

        /** Sets {@link BreakerSettings#callTimer()}. */
        public Builder callTimer(CallTimer value) {
            callTimer = value;
            return this;
        }

        /**
         * Returns the settings.
         *
         * @throws InvalidSettingsException if a value is out of range or contradicts another; the message names each
         */
        public BreakerSettings build() {
            return new BreakerSettings(
                    enabled,
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
                    maxTrialFailures,
                    trialIntervalMillis,
                    rampUpMillis,
                    maxConcurrentCalls,
                    maxWaitingCalls,
                    maxWaitMillis,
                    callTimer);
        }
    }
}
