// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import io.switchgear.settings.BreakerSettings;

/**
 * The share of the calls that a breaker in part open admits, and how it follows what they show. Not safe for use by
 * many threads at once.
 *
 * <p>The calls are judged in rounds. A round lasts a second at least, so that its end sees what its begin has changed,
 * and has {@code successThreshold} outcomes at least. Only calls that it admitted count in it: what was admitted under
 * another share says nothing about this one. Then the share is multiplied:
 *
 * <ul>
 *   <li>If more calls fail than the threshold, by the part that succeeded, divided by the part that the threshold wants
 *       to succeed. With the default of 50 % that is client throttling with K = 2 (Google, <i>Site Reliability
 *       Engineering</i>, "Handling Overload"): a service that accepts what it can gets at most twice that.
 *   <li>If fewer fail, by up to 2, if none does: as fast as TCP's slow start, and by the same rule at 50 %. As the
 *       share grows only with calls that succeed, the service sets the pace.
 *   <li>If all fail, the breaker opens.
 * </ul>
 *
 * <p>The base is the share that was in fact admitted in the round, calls without an outcome included. A round admits
 * {@code successThreshold} calls that have an outcome, or may get one, whatever the share, so that there is something
 * to judge at any rate of calls; and so the breaker comes back from an outage with that many calls in a second, then
 * twice as many, and so on. Shares are spread evenly over the calls, without random numbers.
 *
 * <p>After an outage the share is besides limited to a line that grows in {@code rampUpMillis} from {@link #RAMP_START}
 * to 1: Envoy's slow start with its defaults (aggression 1, minimum weight 10 %).
 */
public final class AdmittedShare {
    /** Where a ramp begins. */
    public static final double RAMP_START = .1;

    private static final long MIN_ROUND_NANOS = 1_000_000_000;
    private static final double GROWTH = 2;

    /** What the outcomes of a round lead to. */
    public enum Verdict {
        /** All calls failed. */
        ALL_FAILED,
        /** All calls may be admitted. */
        ALL_ADMITTED,
        /** Neither. */
        GOES_ON
    }

    private double share;
    private int round;
    private long began;
    private int offered;
    private int admitted;
    // of the admitted ones, those that ended without an outcome: they have reached the service, but show nothing
    private int released;
    private int failures;
    private int outcomes;
    // those that led to the present share
    private int judgedFailures;
    private int judgedOutcomes;

    /** Creates a share that only {@code successThreshold} calls in each round pass until they show more. */
    public AdmittedShare(long now) {
        this.began = now;
    }

    /** Creates the share that follows from outcomes of calls that were all admitted. */
    public AdmittedShare(OutcomeCounts counts, int hung, BreakerSettings settings, long now) {
        this(now);
        judge(1, counts.failures() + hung, counts.outcomes() + hung, settings);
    }

    /** Returns the part of a ramp that is reached: from {@link #RAMP_START} to 1. */
    public static double ramp(long sinceNanos, long rampUpMillis) {
        return sinceNanos >= rampUpMillis * 1_000_000
                ? 1
                : Math.max(RAMP_START, sinceNanos / (rampUpMillis * 1_000_000.0));
    }

    /** Returns whether to admit the next call; {@code ramp} limits the share. */
    public boolean admits(double ramp, BreakerSettings settings) {
        offered++;
        if (admitted - released < settings.successThreshold() || admitted + 1 <= Math.min(share, ramp) * offered) {
            admitted++;
            return true;
        }
        return false;
    }

    /** Returns the number of the present round, which a call that it admits has to keep. */
    public int round() {
        return round;
    }

    /** Records the end of a call of a round; returns {@code false} if that round is over. */
    public boolean record(int of, boolean failed) {
        if (of != round) {
            return false;
        }
        outcomes++;
        failures += failed ? 1 : 0;
        return true;
    }

    /** Records that a call of a round ends without an outcome. */
    public void release(int of) {
        if (of == round) {
            released++;
        }
    }

    /** Judges the present round if it is complete, and begins another one unless the breaker is to change its state. */
    public Verdict judge(long now, double ramp, BreakerSettings settings) {
        if (outcomes < settings.successThreshold() || now - began < MIN_ROUND_NANOS) {
            return Verdict.GOES_ON;
        }
        if (failures == outcomes) {
            return Verdict.ALL_FAILED;
        }
        judge((double) admitted / (offered + 1), failures, outcomes, settings);
        if (share >= 1 && ramp >= 1) {
            return Verdict.ALL_ADMITTED;
        }
        round++;
        began = now;
        offered = 0;
        admitted = 0;
        released = 0;
        failures = 0;
        outcomes = 0;
        return Verdict.GOES_ON;
    }

    private void judge(double base, int failed, int ended, BreakerSettings settings) {
        double wanted = 1 - settings.failureRateThresholdPercent() / 100;
        double good = (double) (ended - failed) / ended;
        double factor = good < wanted ? good / wanted : 1 + (GROWTH - 1) * (good - wanted) / (1 - wanted);
        share = Math.min(1, base * factor);
        judgedFailures = failed;
        judgedOutcomes = ended;
    }

    /** Returns the share, 0 to 1, under a ramp. */
    public double share(double ramp) {
        return Math.min(share, ramp);
    }

    /** Returns whether outcomes led to the share. */
    public boolean isJudged() {
        return judgedOutcomes > 0;
    }

    /** Returns which outcomes led to the share, as in {@code as 35 of the last 100 calls failed}. */
    public String why() {
        return "as " + judgedFailures + " of the last " + judgedOutcomes + " calls failed";
    }
}
