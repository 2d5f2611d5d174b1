// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import io.switchgear.time.Ticker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The outcomes of the last {@code windowMillis}.
 *
 * <p>Outcomes are counted in totals that only grow, striped so that threads do not wait for each other. A window is
 * divided into {@value #STEPS} steps; the first outcome of a step marks the totals of that moment. The window contains
 * the current totals minus the marks of its first step. So an outcome leaves the window up to one step early and never
 * late, and the window of an idle breaker empties without any work.
 *
 * <p>Invariants: each outcome is in exactly one of the totals, so no reader sees a failure without its outcome. Only
 * the thread that holds {@link #marking} writes marks, failures before the rest, and readers read them in reverse
 * order. A reader that races with a writer sees too few failures, never too many, and the next outcome sees them all. A
 * high rate is confirmed with {@link #counts(long)}: totals grow between two reads, so the first check may see failures
 * without the successes beside them.
 */
final class TimeWindow implements TripPolicy {
    static final int STEPS = 32;

    private static final AtomicIntegerFieldUpdater<TimeWindow> MARKING =
            AtomicIntegerFieldUpdater.newUpdater(TimeWindow.class, "marking");
    private static final int MARKS = STEPS + 1;
    private static final int MAX =
            Math.toIntExact(Setting.FAILURE_THRESHOLD.range().max());

    /** One kind of outcome: its total, and the total at the beginning of each step. */
    private record Series(LongAdder total, AtomicLongArray marks) {
        Series() {
            this(new LongAdder());
        }

        Series(LongAdder total) {
            this(total, new AtomicLongArray(MARKS));
        }

        /** Returns the total at the beginning of a step. */
        long mark(long step) {
            return marks.get((int) (step % MARKS));
        }

        long since(long mark) {
            return Math.max(0, total.sum() - mark);
        }
    }

    private final long windowMillis;
    private final Ticker ticker;
    private final long origin;
    private final long width;
    private final Series failed;
    private final Series failedSlow;
    private final Series goodSlow;
    private final Series good;
    private final AtomicInteger consecutiveFailures;
    // 1 while a thread marks
    private volatile int marking;
    private volatile long marked;

    TimeWindow(long windowMillis, Ticker ticker) {
        this(
                windowMillis,
                ticker,
                ticker.nanos(),
                new Series(),
                new Series(),
                new Series(),
                new Series(),
                new AtomicInteger());
    }

    private TimeWindow(
            long windowMillis,
            Ticker ticker,
            long origin,
            Series failed,
            Series failedSlow,
            Series goodSlow,
            Series good,
            AtomicInteger consecutiveFailures) {
        this.windowMillis = windowMillis;
        this.ticker = ticker;
        this.origin = origin;
        this.width = width(windowMillis);
        this.failed = failed;
        this.failedSlow = failedSlow;
        this.goodSlow = goodSlow;
        this.good = good;
        this.consecutiveFailures = consecutiveFailures;
    }

    private static long width(long windowMillis) {
        return windowMillis * 1_000_000 / STEPS;
    }

    @Override
    public TripOn tripOn() {
        return TripOn.TIME_WINDOW;
    }

    @Override
    public boolean record(boolean isFailed, boolean isSlow, BreakerSettings settings) {
        long step = step();
        if (step > marked) {
            mark(step);
        }
        if (isFailed) {
            (isSlow ? failedSlow : failed).total().increment();
            consecutiveFailures.updateAndGet(count -> Math.min(count + 1, MAX));
        } else {
            (isSlow ? goodSlow : good).total().increment();
            if (consecutiveFailures.get() != 0) {
                consecutiveFailures.set(0);
            }
        }
        return mustOpen(settings, 0, step);
    }

    private long step() {
        return (ticker.nanos() - origin) / width;
    }

    private void mark(long step) {
        while (marking != 0 || !MARKING.compareAndSet(this, 0, 1)) {
            if (step <= marked + 1) {
                return;
            }
            // after a pause, an outcome counted before the marks are set would belong to the time before the pause and
            // be lost
            Thread.onSpinWait();
        }
        try {
            for (long next = Math.max(marked + 1, step - STEPS); next <= step; next++) {
                mark(failed, next);
                mark(failedSlow, next);
                mark(goodSlow, next);
                mark(good, next);
            }
            marked = Math.max(marked, step);
        } finally {
            // a field, not a call: no thread waits forever if the stack ends here
            marking = 0;
        }
    }

    private static void mark(Series series, long step) {
        series.marks().set((int) (step % MARKS), series.total().sum());
    }

    @Override
    public boolean mustOpen(BreakerSettings settings, int hung) {
        return mustOpen(settings, hung, step());
    }

    @Override
    public void seed(OutcomeCounts counts) {
        int slowFailures = Math.min(counts.slow(), counts.failures());
        failed.total().add(counts.failures() - slowFailures);
        failedSlow.total().add(slowFailures);
        goodSlow.total().add(counts.slow() - slowFailures);
        good.total().add(counts.outcomes() - counts.failures() - (counts.slow() - slowFailures));
        consecutiveFailures.set(counts.consecutiveFailures());
    }

    private boolean mustOpen(BreakerSettings settings, int hung, long step) {
        long first = first(step);
        if (first > marked) {
            return hung > 0 && OutcomeCounts.opens(settings, hung, 0, hung);
        }
        if (!mayOpen(settings, hung, first)) {
            return false;
        }
        OutcomeCounts counts = counts(first);
        return OutcomeCounts.opens(settings, counts.outcomes() + hung, counts.failures(), counts.slow() + hung);
    }

    /**
     * Returns whether the good calls have to be added up as well. That is expensive, as all threads write their total.
     * It is not needed if the rates are below the thresholds even with the fewest possible good calls: those counted
     * when the latest step was marked, or as many as {@code minimumCalls} requires.
     */
    private boolean mayOpen(BreakerSettings settings, int hung, long first) {
        long failedSlowCalls = since(failedSlow, first);
        long failures = since(failed, first) + failedSlowCalls;
        long slowCalls = since(goodSlow, first) + failedSlowCalls + hung;
        if (failures == 0 && slowCalls == 0) {
            return false;
        }
        long fewest = Math.max(settings.minimumCalls(), failures + good.mark(marked) - good.mark(first));
        return OutcomeCounts.opens(settings, capped(fewest), capped(failures), capped(slowCalls));
    }

    /** Reads all outcomes last, so that in a race the rates are too low, never too high. */
    private OutcomeCounts counts(long first) {
        long goodMark = good.mark(first);
        long goodSlowMark = goodSlow.mark(first);
        long failedSlowMark = failedSlow.mark(first);
        long failedMark = failed.mark(first);
        long failedSlowCalls = failedSlow.since(failedSlowMark);
        long failures = failed.since(failedMark) + failedSlowCalls;
        long slowCalls = goodSlow.since(goodSlowMark) + failedSlowCalls;
        long outcomes = failed.since(failedMark)
                + failedSlow.since(failedSlowMark)
                + goodSlow.since(goodSlowMark)
                + good.since(goodMark);
        return counts(outcomes, failures, slowCalls);
    }

    private OutcomeCounts counts(long outcomes, long failures, long slowCalls) {
        return new OutcomeCounts(consecutiveFailures.get(), capped(outcomes), capped(failures), capped(slowCalls));
    }

    /** Bounds a count, so that sums of two do not overflow. */
    private static int capped(long count) {
        return (int) Math.min(count, Integer.MAX_VALUE / 2);
    }

    /** Returns the first step of the window whose last is {@code step}. */
    private static long first(long step) {
        return Math.max(0, step - STEPS + 1);
    }

    private static long since(Series series, long step) {
        return series.since(series.mark(step));
    }

    @Override
    public OutcomeCounts counts() {
        long first = first(step());
        return first > marked ? new OutcomeCounts(consecutiveFailures.get(), 0, 0, 0) : counts(first);
    }

    @Override
    public TripPolicy resized(BreakerSettings settings) {
        if (settings.windowMillis() == windowMillis) {
            return this;
        }
        long now = ticker.nanos();
        long newWidth = width(settings.windowMillis());
        TimeWindow resized = new TimeWindow(
                settings.windowMillis(),
                ticker,
                now - STEPS * newWidth,
                new Series(failed.total()),
                new Series(failedSlow.total()),
                new Series(goodSlow.total()),
                new Series(good.total()),
                consecutiveFailures);
        for (int step = 0; step <= STEPS; step++) {
            long beginning = resized.origin + step * newWidth;
            resized.failed.marks().set(step, totalAt(failed, beginning));
            resized.failedSlow.marks().set(step, totalAt(failedSlow, beginning));
            resized.goodSlow.marks().set(step, totalAt(goodSlow, beginning));
            resized.good.marks().set(step, totalAt(good, beginning));
        }
        resized.marked = STEPS;
        return resized;
    }

    /** Returns the total at the step that follows {@code time}, or at the first of the window if that is later. */
    private long totalAt(Series series, long time) {
        long step = Math.max(-Math.floorDiv(origin - time, width), first(step()));
        return step > marked ? series.total().sum() : series.mark(step);
    }
}
