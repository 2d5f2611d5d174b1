// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.settings.RetrySettings;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The budget that pays for retries, so that retries cannot multiply an outage: each successful call deposits a fraction
 * of a retry, and a few retries per second are free.
 *
 * <p>Deposits are capped, as in gRPC's retry throttling, so that the successes of a good hour do not pay for a flood of
 * retries in the next. Free retries are limited by the generic cell rate algorithm (ITU-T I.371), with a burst of one
 * second's worth.
 */
final class RetryBudget {
    private static final long PERCENT = 1_000;
    private static final long RETRY = 100 * PERCENT;
    private static final long MAX_DEPOSITS = 100 * RETRY;
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong deposits = new AtomicLong();
    // retries that were paid for with deposits, less those that came back
    private final AtomicLong spent = new AtomicLong();
    // the theoretical arrival time of the next free retry
    private final AtomicLong freeUntil;

    /** @param nanos the current time */
    RetryBudget(long nanos) {
        freeUntil = new AtomicLong(nanos);
    }

    /** Adds the deposit of a successful call. Writes nothing once the cap is reached. */
    void deposit(RetrySettings settings) {
        long share = Math.round(settings.budgetPercent() * PERCENT);
        long before;
        do {
            before = deposits.get();
        } while (share > 0
                && before < MAX_DEPOSITS
                && !deposits.compareAndSet(before, Math.min(MAX_DEPOSITS, before + share)));
    }

    /** Pays for a retry; returns {@code false} if the budget is used up. */
    boolean pay(RetrySettings settings, long nanos) {
        if (settings.minRetriesPerSecond() == RetrySettings.NO_BUDGET) {
            return true;
        }
        long before;
        do {
            before = deposits.get();
            if (before < RETRY || settings.budgetPercent() == 0) {
                return takeFree(settings, nanos);
            }
        } while (!deposits.compareAndSet(before, before - RETRY));
        spent.incrementAndGet();
        return true;
    }

    private boolean takeFree(RetrySettings settings, long nanos) {
        if (settings.minRetriesPerSecond() == 0) {
            return false;
        }
        long each = SECOND / settings.minRetriesPerSecond();
        long before;
        long ahead;
        do {
            before = freeUntil.get();
            ahead = Math.max(0, before - nanos);
            if (ahead > SECOND - each) {
                return false;
            }
        } while (!freeUntil.compareAndSet(before, nanos + ahead + each));
        return true;
    }

    /**
     * Gives back what was paid for a retry that did not begin. No more deposits come back than were spent: otherwise
     * calls that are cancelled while they wait would turn free retries into deposits, which are saved up.
     */
    void giveBack(RetrySettings settings) {
        if (settings.minRetriesPerSecond() == RetrySettings.NO_BUDGET) {
            return;
        }
        if (spent.getAndUpdate(before -> Math.max(0, before - 1)) > 0) {
            deposits.updateAndGet(before -> Math.min(MAX_DEPOSITS, before + RETRY));
        } else if (settings.minRetriesPerSecond() > 0) {
            freeUntil.addAndGet(-SECOND / settings.minRetriesPerSecond());
        }
    }

    /** Returns the number of retries that the budget would pay for now. */
    long balance(RetrySettings settings, long nanos) {
        long paid = settings.budgetPercent() == 0 ? 0 : deposits.get() / RETRY;
        if (settings.minRetriesPerSecond() == 0) {
            return paid;
        }
        long each = SECOND / settings.minRetriesPerSecond();
        long ahead = Math.max(0, freeUntil.get() - nanos);
        return paid + Math.max(0, SECOND - ahead) / each;
    }
}
