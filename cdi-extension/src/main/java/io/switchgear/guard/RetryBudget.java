// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.settings.RetrySettings;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The budget that pays for retries, so that retries cannot multiply an outage, whatever the number of callers and
 * however few calls each of them makes.
 *
 * <p>It is one account, and two rules. A call that succeeds deposits a fraction of a retry, and a retry that succeeds
 * gets back what it cost. Free retries are lent: the account may be in debt by a second's worth of them, and successes
 * pay them back. So in the long run retries that fail are a fraction of the calls that succeed. The idea of the
 * deposits is that of Finagle, their cap that of gRPC's retry throttling, and the refund that of the retry quota of the
 * AWS SDKs.
 *
 * <p>The second rule is for callers whose calls are so few that what is lent would last through an outage: once no call
 * has succeeded for ten seconds, no call begins to retry until one succeeds. The ten seconds begin with the first
 * failure after a success, so a single lost call among good ones is always retried. Those of a new budget begin with
 * it.
 *
 * <p>Intentional: a success reads no clock, and writes nothing once the cap is reached and the flag is set. A success
 * that meets a failure at the same moment may lose its flag; the ten seconds begin at that moment, too.
 */
final class RetryBudget {
    private static final long PERCENT = 1_000;
    private static final long RETRY = 100 * PERCENT;
    private static final long MAX_DEPOSITS = 100 * RETRY;

    /** What a success pays back at least, so that a budget without deposits comes out of its debt. */
    private static final long MIN_REPAYMENT = 10 * PERCENT;

    private static final long OUTAGE_NANOS = 10_000_000_000L;

    // negative while retries are lent
    private final AtomicLong account = new AtomicLong();
    private volatile boolean succeeded;
    // the first failure since the last success
    private volatile long failingSince;

    /** @param nanos the current time */
    RetryBudget(long nanos) {
        failingSince = nanos;
    }

    /**
     * Adds the deposit of a successful call.
     *
     * @param retried whether it succeeded with a retry, which then costs nothing
     */
    void deposit(RetrySettings settings, boolean retried) {
        if (!succeeded) {
            succeeded = true;
        }
        long share = Math.round(settings.budgetPercent() * PERCENT) + (retried ? RETRY : 0);
        long before;
        long after;
        do {
            before = account.get();
            long repaid = before < 0 ? Math.max(share, MIN_REPAYMENT) : share;
            after = Math.min(MAX_DEPOSITS, before + repaid);
        } while (after != before && !account.compareAndSet(before, after));
    }

    /**
     * Pays for a retry; returns {@code false} if the budget is used up.
     *
     * @param first whether it is the first retry of its call
     */
    boolean pay(RetrySettings settings, boolean first, long nanos) {
        if (settings.minRetriesPerSecond() == RetrySettings.NO_BUDGET) {
            return true;
        }
        if (isOutage(nanos) && first) {
            return false;
        }
        long least = RETRY - lent(settings);
        long before;
        do {
            before = account.get();
            if (before < least) {
                return false;
            }
        } while (!account.compareAndSet(before, before - RETRY));
        return true;
    }

    private boolean isOutage(long nanos) {
        if (succeeded) {
            failingSince = nanos;
            succeeded = false;
            return false;
        }
        return nanos - failingSince > OUTAGE_NANOS;
    }

    private static long lent(RetrySettings settings) {
        return settings.minRetriesPerSecond() * RETRY;
    }

    /** Gives back what was paid for a retry that did not begin. */
    void giveBack(RetrySettings settings) {
        if (settings.minRetriesPerSecond() != RetrySettings.NO_BUDGET) {
            account.updateAndGet(before -> Math.min(MAX_DEPOSITS, before + RETRY));
        }
    }

    /** Returns the number of retries that the budget would pay for now. */
    long balance(RetrySettings settings, long nanos) {
        boolean outage = !succeeded && nanos - failingSince > OUTAGE_NANOS;
        return outage ? 0 : Math.max(0, account.get() + lent(settings)) / RETRY;
    }
}
