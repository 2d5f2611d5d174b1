package io.switchgear.status;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TunableSnapshot;
import java.time.Instant;
import java.util.Map;

/**
 * All that can be seen of a breaker at one moment. State, mode and settings belong together: they were in force at the
 * same time. Totals count since the breaker was created and never fall.
 *
 * <p>Created by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface BreakerSnapshot extends TunableSnapshot<BreakerSettings> {
    /** The state that the next call meets: an open breaker whose time is over shows {@link CircuitState#HALF_OPEN}. */
    CircuitState state();

    /**
     * When the state or the mode, its reason included, last changed or the breaker was reset, by the wall clock. A
     * failed trial opens the breaker anew.
     */
    Instant stateSince();

    /** When the breaker last left {@link CircuitState#CLOSED}, by the wall clock; {@code null} if it is closed. */
    Instant notClosedSince();

    /**
     * How long calls are still rejected, in milliseconds: 0 unless {@link CircuitState#OPEN}, -1 if forced open without
     * an end.
     */
    long openRemainingMillis();

    /** The operator's override. */
    BreakerMode mode();

    /** The reason given for the mode, or empty. */
    String modeReason();

    /** When the mode ends by itself, by the wall clock, or {@code null}. */
    Instant modeUntil();

    /** Failures since the last success, while the breaker is closed. */
    int consecutiveFailures();

    /** Outcomes in the window; 0 unless the breaker is closed, and without a window. */
    int windowOutcomes();

    /** Failures among {@link #windowOutcomes}. */
    int windowFailures();

    /** Slow calls among {@link #windowOutcomes}, failed or not. */
    int windowSlowCalls();

    /** Calls admitted and not yet completed. */
    long callsInFlight();

    /**
     * Age of the oldest call in flight, in milliseconds; 0 if there is none, -1 while it is not known because
     * {@link BreakerSettings#slowCallMillis} is 0.
     */
    long oldestCallMillis();

    /** Trials in flight that hold a permit. */
    int trialsInFlight();

    /** Calls that succeeded. */
    long successes();

    /** Calls that failed. */
    long failures();

    /** Successes that took more than {@link BreakerSettings#slowCallMillis}. */
    long slowSuccesses();

    /** Failures that took more than {@link BreakerSettings#slowCallMillis}. */
    long slowFailures();

    /** Calls that counted as neither success nor failure. */
    long ignored();

    /** Calls that were not admitted, by reason; each reason has its number. */
    Map<RejectionReason, Long> rejectedByReason();

    /** Failed or rejected calls whose caller got the value of a fallback. */
    long fallbacks();

    /** How often the breaker opened by its own decision, again after a failed trial included. */
    long opened();

    /** Calls that would have been rejected while the mode was {@link BreakerMode#OBSERVING}. */
    long observedRejected();

    /** How often the breaker would have opened while the mode was {@link BreakerMode#OBSERVING}. */
    long observedOpened();

    /** Transitions to each state from another one, whatever their cause; each state has its number. */
    Map<CircuitState, Long> transitionsTo();

    /**
     * Outcomes that came after the end of the phase that admitted their call, or after the trial's time-out, and so
     * decided nothing.
     */
    long lateOutcomes();

    /**
     * What the last failure was: the class of what was thrown, or {@code result refused by} the class of the predicate,
     * or {@code null} before the first.
     */
    String lastFailure();

    /** When the last failure was, by the wall clock, or {@code null}. */
    Instant lastFailureTime();

    /**
     * Why the breaker last opened from closed by its own decision, in a sentence, or {@code null} if it never did.
     * Trials that open it again leave it.
     */
    String lastTrip();

    /** Calls that have completed or were rejected: the sum of successes, failures, ignored and rejected. */
    default long calls() {
        return successes() + failures() + ignored() + rejected();
    }

    /** Calls, failed or not, that took more than {@link BreakerSettings#slowCallMillis}. */
    default long slowCalls() {
        return slowSuccesses() + slowFailures();
    }

    /** Calls that were not admitted, whatever the reason. */
    default long rejected() {
        return rejectedByReason().values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Failures in the window, in percent of its outcomes; NaN while there are fewer than
     * {@link BreakerSettings#minimumCalls}, or no window.
     */
    default double failureRatePercent() {
        return ratePercent(windowFailures());
    }

    /** Slow calls in the window, in percent of its outcomes; NaN like {@link #failureRatePercent}. */
    default double slowCallRatePercent() {
        return ratePercent(windowSlowCalls());
    }

    private double ratePercent(int part) {
        int outcomes = windowOutcomes();
        return outcomes == 0 || outcomes < settings().minimumCalls() ? Double.NaN : 100.0 * part / outcomes;
    }
}
