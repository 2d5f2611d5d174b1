package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The outcomes of the last {@code windowMillis}.
 *
 * <p>Outcomes are counted in totals that only grow, striped so that threads do not wait for each other. Time is cut
 * into {@value #STEPS} steps to a window; the first outcome of a step marks what the totals were until then. In the
 * window are the totals now, less what was marked for the first step that lies in it. So an outcome leaves the window
 * up to one step early and never late, and a breaker without calls shows an empty window without anything being done.
 *
 * <p>Invariants: each outcome is in exactly one of the totals, so that no reader sees a failure without its outcome.
 * Only the thread that holds {@link #marking} writes marks, failures before the rest, and readers read them the other
 * way round: who reads marks while they are written anew sees too few failures, never too many, and the next outcome
 * sees them all. Who acts on a rate that is high confirms it with {@link #evidence(long)}: others count on between the
 * reading of one total and the next, so at a glance there may be failures whose good neighbours are missing.
 */
final class TimeWindow implements TripPolicy {
    static final int STEPS = 32;

    private static final int MARKS = STEPS + 1;
    private static final int MOST =
            Math.toIntExact(Setting.FAILURE_THRESHOLD.range().max());

    /** One kind of outcome: its total, and what the total was at the beginning of each step. */
    private record Kind(LongAdder total, AtomicLongArray marks) {
        Kind() {
            this(new LongAdder());
        }

        Kind(LongAdder total) {
            this(total, new AtomicLongArray(MARKS));
        }

        /** What the total was at the beginning of a step. */
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
    private final Kind failed;
    private final Kind failedSlow;
    private final Kind goodSlow;
    private final Kind good;
    private final AtomicInteger consecutiveFailures;
    private final AtomicBoolean marking = new AtomicBoolean();
    private volatile long marked;

    TimeWindow(long windowMillis, Ticker ticker) {
        this(windowMillis, ticker, ticker.nanos(), new Kind(), new Kind(), new Kind(), new Kind(), new AtomicInteger());
    }

    private TimeWindow(
            long windowMillis,
            Ticker ticker,
            long origin,
            Kind failed,
            Kind failedSlow,
            Kind goodSlow,
            Kind good,
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
    public boolean note(boolean isFailed, boolean isSlow, BreakerSettings settings) {
        long step = step();
        if (step > marked) {
            mark(step);
        }
        if (isFailed) {
            (isSlow ? failedSlow : failed).total().increment();
            consecutiveFailures.updateAndGet(count -> Math.min(count + 1, MOST));
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
        while (!marking.compareAndSet(false, true)) {
            if (step <= marked + 1) {
                return;
            }
            // after a pause, one that is counted before the marks are set belongs to the time before it, and is lost
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
            marking.set(false);
        }
    }

    private static void mark(Kind kind, long step) {
        kind.marks().set((int) (step % MARKS), kind.total().sum());
    }

    @Override
    public boolean mustOpen(BreakerSettings settings, int hung) {
        return mustOpen(settings, hung, step());
    }

    @Override
    public void seed(OutcomeCounts known) {
        int slowFailures = Math.min(known.slow(), known.failures());
        failed.total().add(known.failures() - slowFailures);
        failedSlow.total().add(slowFailures);
        goodSlow.total().add(known.slow() - slowFailures);
        good.total().add(known.outcomes() - known.failures() - (known.slow() - slowFailures));
        consecutiveFailures.set(known.consecutiveFailures());
    }

    private boolean mustOpen(BreakerSettings settings, int hung, long step) {
        long first = first(step);
        if (first > marked) {
            return hung > 0 && OutcomeCounts.opens(settings, hung, 0, hung);
        }
        if (!mayOpen(settings, hung, first)) {
            return false;
        }
        OutcomeCounts known = evidence(first);
        return OutcomeCounts.opens(settings, known.outcomes() + hung, known.failures(), known.slow() + hung);
    }

    /**
     * Whether to add up the good calls as well, which all threads count all the time and thus have to fetch from each
     * other. Not if it would open on no rate even with the fewest that there can be: those that were there when the
     * latest step was marked, or as many as are judged at all.
     */
    private boolean mayOpen(BreakerSettings settings, int hung, long first) {
        long failedSlowOnes = since(failedSlow, first);
        long failures = since(failed, first) + failedSlowOnes;
        long slowOnes = since(goodSlow, first) + failedSlowOnes + hung;
        if (failures == 0 && slowOnes == 0) {
            return false;
        }
        long fewest = Math.max(settings.minimumCalls(), failures + good.mark(marked) - good.mark(first));
        return OutcomeCounts.opens(settings, capped(fewest), capped(failures), capped(slowOnes));
    }

    /** The outcomes are read last, all of them: so in a race the rates come out low, never high. */
    private OutcomeCounts evidence(long first) {
        long goodMark = good.mark(first);
        long goodSlowMark = goodSlow.mark(first);
        long failedSlowMark = failedSlow.mark(first);
        long failedMark = failed.mark(first);
        long failedSlowOnes = failedSlow.since(failedSlowMark);
        long failures = failed.since(failedMark) + failedSlowOnes;
        long slowOnes = goodSlow.since(goodSlowMark) + failedSlowOnes;
        long outcomes = failed.since(failedMark)
                + failedSlow.since(failedSlowMark)
                + goodSlow.since(goodSlowMark)
                + good.since(goodMark);
        return known(outcomes, failures, slowOnes);
    }

    private OutcomeCounts known(long outcomes, long failures, long slowOnes) {
        return new OutcomeCounts(consecutiveFailures.get(), capped(outcomes), capped(failures), capped(slowOnes));
    }

    /** More than this in one window is as much as this. */
    private static int capped(long count) {
        return (int) Math.min(count, Integer.MAX_VALUE / 2);
    }

    /** The first step of the window in which {@code step} is the last. */
    private static long first(long step) {
        return Math.max(0, step - STEPS + 1);
    }

    private static long since(Kind kind, long step) {
        return kind.since(kind.mark(step));
    }

    @Override
    public OutcomeCounts evidence() {
        long first = first(step());
        return first > marked ? new OutcomeCounts(consecutiveFailures.get(), 0, 0, 0) : evidence(first);
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
                new Kind(failed.total()),
                new Kind(failedSlow.total()),
                new Kind(goodSlow.total()),
                new Kind(good.total()),
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

    /**
     * What the total was at a time, as far as the window knows: at the next step, and not before the window's first.
     */
    private long totalAt(Kind kind, long time) {
        long step = Math.max(-Math.floorDiv(origin - time, width), first(step()));
        return step > marked ? kind.total().sum() : kind.mark(step);
    }
}
