package io.switchgear.breaker;

import io.switchgear.FailureRule;
import io.switchgear.message.Message;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.time.Ticker;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.LongConsumer;

/**
 * What all permits of one breaker share: its rule, clocks, totals, last failure, limit of concurrent calls and timer.
 */
final class PermitContext {
    private static final AtomicIntegerFieldUpdater<PermitContext> PLACES_TAKEN =
            AtomicIntegerFieldUpdater.newUpdater(PermitContext.class, "placesTaken");

    final BreakerTotals totals = new BreakerTotals();
    private final String name;
    private final FailureRule failureRule;
    private final Ticker ticker;
    private final InstantSource clock;
    private final OutcomeHandler handler;
    private volatile int placesTaken;
    private volatile LastFailure lastFailure;
    private volatile InFlightTracker tracker;
    // receives the durations of timed calls; null without a timer
    private volatile LongConsumer timer;

    PermitContext(String name, FailureRule failureRule, Ticker ticker, InstantSource clock, OutcomeHandler handler) {
        this.name = name;
        this.failureRule = failureRule;
        this.ticker = ticker;
        this.clock = clock;
        this.handler = handler;
    }

    String name() {
        return name;
    }

    FailureRule failureRule() {
        return failureRule;
    }

    Ticker ticker() {
        return ticker;
    }

    long nanos() {
        return ticker.nanos();
    }

    InstantSource clock() {
        return clock;
    }

    OutcomeHandler handler() {
        return handler;
    }

    // ---- the last failure

    LastFailure lastFailure() {
        return lastFailure;
    }

    /** Returns whether {@code thrown} is a failure of the same class as the last, and then updates its time. */
    boolean failsAgain(Throwable thrown) {
        LastFailure last = lastFailure;
        if (last == null || !last.isAgain(thrown)) {
            return false;
        }
        last.again(clock.millis());
        return true;
    }

    /** @param thrown class of what was thrown; {@code null} if a result is the failure */
    void recordFailure(String what, Class<?> thrown) {
        LastFailure last = lastFailure;
        if (last != null && last.what().equals(what)) {
            last.again(clock.millis());
        } else {
            lastFailure = new LastFailure(what, thrown, clock.millis());
        }
    }

    // ---- concurrent calls

    /**
     * Takes a place among the concurrent calls, if one is free.
     *
     * @param always whether to take one beyond the limit too
     */
    boolean enter(int limit, boolean always) {
        while (true) {
            int taken = placesTaken;
            if (taken >= limit && !always) {
                return false;
            }
            if (PLACES_TAKEN.compareAndSet(this, taken, taken + 1)) {
                return true;
            }
        }
    }

    /** Gives a place back. */
    void leave() {
        PLACES_TAKEN.decrementAndGet(this);
    }

    // ---- how long calls take

    /** Creates a tracker that suits these settings; {@code null} if they track no calls. */
    InFlightTracker track(BreakerSettings settings) {
        long slow = settings.slowCallMillis() * 1_000_000;
        return slow == 0 ? null : new InFlightTracker(slow, ticker.nanos());
    }

    /** The tracker of the calls that were admitted last, for display; {@code null} if they are not tracked. */
    InFlightTracker tracker() {
        return tracker;
    }

    void tracker(InFlightTracker latest) {
        tracker = latest;
    }

    /** Sends the durations of timed calls to {@code nanos} from now on; {@code null} for none. */
    void timer(LongConsumer nanos) {
        timer = nanos;
    }

    void timed(long nanos) {
        LongConsumer present = timer;
        if (present == null) {
            return;
        }
        try {
            present.accept(nanos);
        } catch (RuntimeException | Error broken) {
            // a broken timer must neither fail a call nor lose its outcome
            timer = null;
            Message.TIMER_FAILED.log(broken, name);
        }
    }
}
