// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.settings.TunableSnapshot;
import java.time.Instant;
import java.util.Map;

/**
 * State, mode, settings and totals of a breaker at one moment. State, mode and settings are consistent: they were in
 * force at the same time. Totals count since the breaker was created and never decrease.
 *
 * <p>Created by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface BreakerSnapshot extends TunableSnapshot<BreakerSettings> {
    /**
     * Returns the state that the next call meets. An open breaker whose time in OPEN is over shows
     * {@link CircuitState#HALF_OPEN}; a breaker that is not {@linkplain BreakerSettings#enabled() enabled} shows
     * {@link CircuitState#CLOSED}.
     */
    CircuitState state();

    /**
     * Returns when the state or the mode, its reason included, last changed, the breaker was reset, or it was switched
     * on or off, by the wall clock. A failed trial, which opens the breaker again, counts as a change.
     */
    Instant stateSince();

    /**
     * Returns when the breaker last left {@link CircuitState#CLOSED}, by the wall clock; {@code null} if it is closed.
     */
    Instant notClosedSince();

    /**
     * Returns the time until the next trial, in milliseconds; 0 unless {@link CircuitState#OPEN}, -1 if forced open
     * without an end.
     */
    long openRemainingMillis();

    /**
     * Returns the part of the calls that is admitted, in percent: 100 while closed, 0 while open, and a share of them
     * while half-open with {@link TripOn#ADAPTIVE} or within {@link BreakerSettings#rampUpMillis} after closing. Trials
     * do not count, nor do limits of concurrent calls.
     */
    double admittedPercent();

    /**
     * Returns what the breaker admits and why, in a sentence such as {@code admits 62 %, as 35 of the last 100 calls
     * failed}.
     */
    String admission();

    /** Returns the operator's override. */
    BreakerMode mode();

    /** Returns the reason given for the mode; empty if none was given. */
    String modeReason();

    /** Returns when the mode ends by itself, by the wall clock; {@code null} if it does not. */
    Instant modeUntil();

    /**
     * Returns the number of failures in a row, and of slow calls too with {@link TripOn#CONSECUTIVE_FAILURES} and
     * {@link TripOn#ADAPTIVE}; 0 unless the breaker is closed.
     */
    int consecutiveFailures();

    /**
     * Returns the number of outcomes in the window or, with {@link TripOn#ADAPTIVE}, since the failures exceed the
     * threshold; 0 unless the breaker is closed and has either.
     */
    int windowOutcomes();

    /** Returns the number of failures among {@link #windowOutcomes}. */
    int windowFailures();

    /** Returns the number of slow calls among {@link #windowOutcomes}, failed or not. */
    int windowSlowCalls();

    /** Returns the number of calls that were admitted and have not completed. */
    long callsInFlight();

    /**
     * Returns the number of calls that wait for a place because {@link BreakerSettings#maxConcurrentCalls} are in
     * flight. They are not admitted yet.
     */
    int waitingCalls();

    /** Returns how long the call that has waited longest has been waiting, in milliseconds; 0 if no call waits. */
    long longestWaitMillis();

    /**
     * Returns the age of the oldest call in flight, in milliseconds; 0 if there is none, -1 while it is unknown because
     * {@link BreakerSettings#slowCallMillis} is 0.
     */
    long oldestCallMillis();

    /**
     * Returns the number of calls in flight that have been running for longer than
     * {@link BreakerSettings#slowCallMillis}, trials included; 0 while that is 0. Never counts a call too early, but up
     * to a sixteenth of that time late, at least a millisecond.
     */
    int overdueCalls();

    /**
     * Returns the number of trials in flight that hold a permit; with {@link TripOn#ADAPTIVE}, calls of the share too.
     */
    int trialsInFlight();

    /**
     * Returns the number of trials that have succeeded since the breaker became half-open, or open with
     * {@link TripOn#ADAPTIVE}; 0 in other states. It closes, or becomes half-open, at
     * {@link BreakerSettings#successThreshold}.
     */
    int trialSuccesses();

    /** Returns the number of calls that succeeded. */
    long successes();

    /** Returns the number of calls that failed. */
    long failures();

    /** Returns the number of successes that took more than {@link BreakerSettings#slowCallMillis}. */
    long slowSuccesses();

    /** Returns the number of failures that took more than {@link BreakerSettings#slowCallMillis}. */
    long slowFailures();

    /** Returns the number of calls that counted as neither success nor failure. */
    long ignored();

    /** Returns the number of rejected calls by reason, with an entry for each reason. */
    Map<RejectionReason, Long> rejectedByReason();

    /** Returns the number of failed or rejected calls whose caller got the value of a fallback. */
    long fallbacks();

    /**
     * Returns how often the breaker opened by its own decision, in part or again after a failed trial too. Does not
     * include {@link #observedOpened}.
     */
    long opened();

    /**
     * Returns how often the breaker opened from closed by its own decision: the number of outages. Failed trials, which
     * open it again, do not count. Does not include {@link #observedOpened}.
     */
    long trips();

    /** Returns the number of calls that would have been rejected but for the mode {@link BreakerMode#OBSERVING}. */
    long observedRejected();

    /** Returns how often the breaker opened by its own decision in the mode {@link BreakerMode#OBSERVING}. */
    long observedOpened();

    /** Returns the number of transitions to each state from another one, whatever their cause. */
    Map<CircuitState, Long> transitionsTo();

    /**
     * Returns the number of outcomes that decided nothing because they came too late: after the breaker had changed its
     * state or was reset, or after the trial's time-out.
     */
    long lateOutcomes();

    /**
     * Returns the last failure: the class name of the throwable, or {@code result refused by} and the class name of the
     * predicate; {@code null} before the first.
     */
    String lastFailure();

    /** Returns the time of the last failure, by the wall clock; {@code null} before the first. */
    Instant lastFailureTime();

    /**
     * Returns why the breaker last opened from closed by its own decision, in a sentence; {@code null} if it never did.
     * Trials that open it again do not change it.
     */
    String lastTrip();

    /** Returns the comparison with rehearsed settings; {@code null} if no rehearsal is running. */
    RehearsalSnapshot rehearsal();

    /**
     * Returns the number of calls that have completed or were rejected: the sum of successes, failures, ignored and
     * rejected calls.
     */
    default long calls() {
        return successes() + failures() + ignored() + rejected();
    }

    /** Returns the number of calls, failed or not, that took more than {@link BreakerSettings#slowCallMillis}. */
    default long slowCalls() {
        return slowSuccesses() + slowFailures();
    }

    /** Returns the number of rejected calls, whatever the reason. */
    default long rejected() {
        return rejectedByReason().values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Returns the failure rate in the window, in percent; NaN without a window, and while it has fewer outcomes than
     * {@link BreakerSettings#minimumCalls}.
     */
    default double failureRatePercent() {
        return ratePercent(windowFailures());
    }

    /** Returns the rate of slow calls in the window, in percent; NaN like {@link #failureRatePercent}. */
    default double slowCallRatePercent() {
        return ratePercent(windowSlowCalls());
    }

    private double ratePercent(int part) {
        int outcomes = windowOutcomes();
        return outcomes == 0 || outcomes < settings().minimumCalls() ? Double.NaN : 100.0 * part / outcomes;
    }
}
