package io.switchgear.status;

import io.switchgear.CircuitBreaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSnapshot;
import java.time.Instant;
import java.util.Map;

/**
 * All that can be seen of a breaker at one moment. State, mode and settings belong together: they were in force at the
 * same time. Totals count since the breaker was made and never fall.
 *
 * @param name the breaker's name
 * @param state the state a call would meet now: an open breaker whose time is up shows {@link CircuitState#HALF_OPEN}
 * @param since when the state or the mode, its reason included, last changed or the breaker was reset, by the wall
 *     clock
 * @param notClosedSince when it last left {@link CircuitState#CLOSED}, by the wall clock; {@code null} if it is closed
 * @param openRemainingMillis how long calls are still rejected, in milliseconds: 0 unless {@link CircuitState#OPEN}, -1
 *     if forced open without an end
 * @param mode the operator's override
 * @param modeReason the reason given for the mode, or empty
 * @param modeUntil when the mode ends by itself, by the wall clock, or {@code null}
 * @param settings the settings in force
 * @param consecutiveFailures failures since the last success, as far as the judge in force knows them
 * @param windowOutcomes outcomes in the window; 0 while {@link BreakerSettings#tripOn} has none
 * @param windowFailures failures among them
 * @param windowSlow slow ones among them, failed or not
 * @param callsInFlight calls admitted and not yet over
 * @param oldestCallMillis age of the oldest call in flight, in milliseconds; 0 if there is none, -1 while it is not
 *     known because {@link BreakerSettings#slowCallMillis} is 0
 * @param trialsInFlight trials among them that hold a permit
 * @param successes calls that succeeded
 * @param failures calls that failed
 * @param slowSuccesses those of them that took more than {@link BreakerSettings#slowCallMillis}
 * @param slowFailures calls that failed and took that long
 * @param ignored calls that counted as neither
 * @param rejections calls that were not admitted, by reason; each reason has its number
 * @param fallbacks failed or rejected calls that a fallback stood in for
 * @param opened how often the breaker opened by its own judgement, again after a trial included
 * @param observedRejected calls that would have been rejected, were it not observing
 * @param observedOpened how often it would have opened, were it not observing
 * @param arrivals how many transitions led to each state from another one, whoever asked for them; each state has its
 *     number
 * @param lateOutcomes outcomes that came after the period that admitted their call, or after the trial's time-out, and
 *     so decided nothing
 * @param lastFailure what the last failure was: the class of what was thrown, or {@code result refused by} the class of
 *     the predicate, or {@code null} before the first
 * @param lastFailureTime when that was, or {@code null}
 * @param lastTrip why the breaker last opened from closed by its own judgement, in a sentence, or {@code null} if it
 *     never did; trials that open it again leave it
 * @param changedBy who changed each setting that is not as in {@link CircuitBreaker#configuredSettings}
 * @param lastChange the last change that somebody made of settings, mode or state: when, what and by whom, in a line,
 *     or {@code null} before the first
 * @since 0.1
 */
public record BreakerSnapshot(
        String name,
        CircuitState state,
        Instant since,
        Instant notClosedSince,
        long openRemainingMillis,
        BreakerMode mode,
        String modeReason,
        Instant modeUntil,
        BreakerSettings settings,
        int consecutiveFailures,
        int windowOutcomes,
        int windowFailures,
        int windowSlow,
        long callsInFlight,
        long oldestCallMillis,
        int trialsInFlight,
        long successes,
        long failures,
        long slowSuccesses,
        long slowFailures,
        long ignored,
        Map<RejectionReason, Long> rejections,
        long fallbacks,
        long opened,
        long observedRejected,
        long observedOpened,
        Map<CircuitState, Long> arrivals,
        long lateOutcomes,
        String lastFailure,
        Instant lastFailureTime,
        String lastTrip,
        Map<Setting, String> changedBy,
        String lastChange)
        implements TunableSnapshot<BreakerSettings> {

    /** Calls that are over or were rejected: the sum of successes, failures, ignored and rejected. */
    public long calls() {
        return successes + failures + ignored + rejected();
    }

    /** Calls, failed or not, that took more than {@link BreakerSettings#slowCallMillis}. */
    public long slowCalls() {
        return slowSuccesses + slowFailures;
    }

    /** Calls that were not admitted, whatever the reason. */
    public long rejected() {
        return rejections.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Failures in the window, in percent of its outcomes; NaN while there are fewer than
     * {@link BreakerSettings#minimumCalls}, or no window.
     */
    public double failureRatePercent() {
        return ratePercent(windowFailures);
    }

    /** Slow calls in the window, in percent of its outcomes; NaN like {@link #failureRatePercent}. */
    public double slowCallRatePercent() {
        return ratePercent(windowSlow);
    }

    private double ratePercent(int part) {
        return windowOutcomes == 0 || windowOutcomes < settings.minimumCalls()
                ? Double.NaN
                : 100.0 * part / windowOutcomes;
    }
}
