package io.switchgear.guard;

import io.switchgear.settings.RetrySettings;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What retries are paid from, so that they cannot multiply an outage: calls that succeed save up for retries, and a few
 * retries in each second are free.
 *
 * <p>What is saved is bounded, as in gRPC's retry throttling, so that the successes of a good hour do not pay for a
 * flood in the next. Free ones are spread by the generic cell rate algorithm (ITU-T I.371), with one second's worth at
 * once.
 */
final class RetryBudget {
    private static final long PERCENT = 1_000;
    private static final long RETRY = 100 * PERCENT;
    private static final long MOST_SAVED = 100 * RETRY;
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong saved = new AtomicLong();
    // when the free ones taken so far would all have come, one after the other
    private final AtomicLong freeUntil;

    /** @param nanos the time now */
    RetryBudget(long nanos) {
        freeUntil = new AtomicLong(nanos);
    }

    /** A call succeeded. Writes nothing while no more can be saved. */
    void save(RetrySettings settings) {
        long share = Math.round(settings.budgetPercent() * PERCENT);
        long before;
        do {
            before = saved.get();
        } while (share > 0
                && before < MOST_SAVED
                && !saved.compareAndSet(before, Math.min(MOST_SAVED, before + share)));
    }

    /** Whether a retry is paid for. */
    boolean pay(RetrySettings settings, long nanos) {
        long before;
        do {
            before = saved.get();
            if (before < RETRY || settings.budgetPercent() == 0) {
                return takeFree(settings, nanos);
            }
        } while (!saved.compareAndSet(before, before - RETRY));
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

    /** How many retries it would pay for now. */
    long balance(RetrySettings settings, long nanos) {
        long paid = settings.budgetPercent() == 0 ? 0 : saved.get() / RETRY;
        if (settings.minRetriesPerSecond() == 0) {
            return paid;
        }
        long each = SECOND / settings.minRetriesPerSecond();
        long ahead = Math.max(0, freeUntil.get() - nanos);
        return paid + Math.max(0, SECOND - ahead) / each;
    }
}
