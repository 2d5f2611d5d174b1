// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * Counts the failures beyond the rate that is tolerated: a cumulative sum (Page, <i>Continuous inspection schemes</i>,
 * 1954). Its outcomes are those of the present run. A run begins with a failure and ends when its failure rate is back
 * at the threshold. The breaker opens when a run has {@code minimumCalls} failures more than that. A slow call is a
 * failure.
 *
 * <p>Intentional: there is no window and no clock. Of all rules with the same rate of false alarms, a cumulative sum
 * needs the fewest outcomes to detect a lasting change (Moustakides, 1986), be it at one call an hour or at 10,000/s.
 * At a threshold of 50 %, twenty failures in excess come by chance once in 50,000 calls if 40 % fail, and never in the
 * life of a process if 20 % do. As the breaker opens in part only, a false alarm costs a few calls.
 *
 * <p>Invariant: the counts of a run are one long and change by compare-and-set, so that a reader sees no failure
 * without its outcome. While no call fails, nothing is written.
 */
final class FailureExcess implements TripPolicy {
    private static final AtomicLongFieldUpdater<FailureExcess> RUN =
            AtomicLongFieldUpdater.newUpdater(FailureExcess.class, "run");

    private static final int BITS = 21;
    private static final int MASK = (1 << BITS) - 1;
    // both counts are halved here, which keeps the rate; twice the maximum of minimumCalls
    private static final int MAX_OUTCOMES = 2_000_000;

    // from the highest bits to the lowest: consecutive failures, failures, outcomes
    private volatile long run;

    private static long run(int consecutive, int failures, int outcomes) {
        boolean full = outcomes > MAX_OUTCOMES;
        return (long) Math.min(consecutive, MAX_OUTCOMES) << (2 * BITS)
                | (long) (full ? failures / 2 : failures) << BITS
                | (full ? outcomes / 2 : outcomes);
    }

    private static int consecutive(long run) {
        return (int) (run >>> (2 * BITS));
    }

    private static int failures(long run) {
        return (int) (run >>> BITS) & MASK;
    }

    private static int outcomes(long run) {
        return (int) run & MASK;
    }

    @Override
    public TripOn tripOn() {
        return TripOn.ADAPTIVE;
    }

    @Override
    public boolean record(boolean failed, boolean slow, BreakerSettings settings) {
        boolean bad = failed || slow;
        while (true) {
            long before = run;
            if (!bad && before == 0) {
                return false;
            }
            long after = bad
                    ? run(consecutive(before) + 1, failures(before) + 1, outcomes(before) + 1)
                    : succeeded(failures(before), outcomes(before) + 1, settings);
            if (RUN.compareAndSet(this, before, after)) {
                return bad && opens(settings, failures(after), outcomes(after));
            }
        }
    }

    private static long succeeded(int failures, int outcomes, BreakerSettings settings) {
        return OutcomeCounts.exceeds(settings, failures, outcomes) ? run(0, failures, outcomes) : 0;
    }

    /** Returns whether the failures exceed the threshold by as many as {@code minimumCalls}. */
    private static boolean opens(BreakerSettings settings, int failures, int outcomes) {
        int excess = failures - settings.minimumCalls();
        return excess >= 0 && !OutcomeCounts.isBelow(settings, excess, outcomes - settings.minimumCalls());
    }

    @Override
    public boolean mustOpen(BreakerSettings settings, int hung) {
        long present = run;
        int capped = Math.min(hung, MAX_OUTCOMES);
        return opens(settings, failures(present) + capped, outcomes(present) + capped);
    }

    @Override
    public OutcomeCounts counts() {
        long present = run;
        return new OutcomeCounts(consecutive(present), outcomes(present), failures(present), 0);
    }

    @Override
    public void seed(OutcomeCounts counts) {
        int outcomes = Math.min(counts.outcomes(), MAX_OUTCOMES);
        int failures = (int) ((long) counts.failures() * outcomes / Math.max(1, counts.outcomes()));
        run = run(counts.consecutiveFailures(), failures, outcomes);
    }

    @Override
    public TripPolicy resized(BreakerSettings settings) {
        return this;
    }
}
