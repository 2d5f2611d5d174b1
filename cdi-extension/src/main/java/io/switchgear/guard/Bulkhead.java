// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.BulkheadFullException;
import io.switchgear.Bulkheads;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Invocation;
import io.switchgear.place.Places;
import io.switchgear.place.Places.Place;
import io.switchgear.place.WaitingThread;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.status.BulkheadSnapshot;
import io.switchgear.time.Ticker;
import io.switchgear.time.Time;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/**
 * Limits the number of calls in flight; further ones wait or are rejected, first come, first served. A call that
 * returns a stage keeps its place until the stage completes. Calls within a call, on the same thread, take no place.
 */
public final class Bulkhead extends TunableLayer<BulkheadSettings> implements Bulkheads {
    /** Creates the exceptions of rejected calls. */
    @FunctionalInterface
    public interface Rejection {
        /**
         * Returns the exception of a rejected call.
         *
         * @param interruption the interruption that ended its wait, to be the cause; {@code null} if there was none
         */
        RuntimeException of(String name, BulkheadSettings settings, InterruptedException interruption);
    }

    /** The limit while the bulkhead is off. Calls take places all the same, so that they are known when it is on. */
    private static final int OFF = Places.NO_LIMIT - 1;

    private final Rejection rejection;
    private final Ticker ticker;
    private final WaitLimit waitLimit;
    private final Places places = new Places(all -> limit());
    private final LongAdder admitted = new LongAdder();
    private final LongAdder rejected = new LongAdder();

    /** Creates a bulkhead that rejects calls with a {@link BulkheadFullException}. */
    public Bulkhead(String name, BulkheadSettings settings, Time time) {
        this(name, settings, BulkheadFullException::new, time);
    }

    /**
     * Creates a bulkhead.
     *
     * @param time its scheduler ends the wait of calls that wait without a thread
     */
    public Bulkhead(String name, BulkheadSettings settings, Rejection rejection, Time time) {
        super(name, settings, time.clock());
        this.rejection = rejection;
        this.ticker = time.ticker();
        this.waitLimit = new WaitLimit(name, time.ticker(), time.scheduler());
    }

    @Override
    public FailureRule rule() {
        return FailureRule.ANY;
    }

    @Override
    void settingsChanged() {
        places.serve();
    }

    private int limit() {
        BulkheadSettings present = settings();
        return present.enabled() ? present.maxConcurrentCalls() : OFF;
    }

    /**
     * Runs {@code call} on this thread, which waits for a place if there is none.
     *
     * @return the result of the call, the very same object
     * @throws RuntimeException the {@link Rejection} of a call that gets no place. An interruption ends the wait; the
     *     flag of the thread stays set
     */
    public <C> Object run(Invocation<? super C, ?> call, C context) throws Exception {
        if (places.isHeldHere()) {
            return call.proceed(context);
        }
        Place place = places.here();
        if (!place.take(limit(), false)) {
            await(place);
        }
        return run(place, call, context, false);
    }

    /**
     * Runs {@code call} on this thread if a place is free; otherwise like {@link #submit}. Never blocks.
     *
     * @return the result of the call, or a stage with it, which ends when the place is free
     */
    public <C> Object runAsync(Invocation<? super C, ?> call, C context, Executor executor) throws Exception {
        if (places.isHeldHere()) {
            return call.proceed(context);
        }
        Place place = places.here();
        return place.take(limit(), false) ? run(place, call, context, true) : submit(call, context, executor);
    }

    /**
     * Passes {@code call} to {@code executor}, now or when it has waited for a place, on the thread that frees it. No
     * thread is held while it waits. The place is taken until the call has returned, and until the stage that it
     * returns has completed.
     *
     * @param executor must run each task, or throw; should run it on another thread
     * @return the result of the call, or that of the stage that it returns. It fails with the {@link Rejection} if the
     *     call gets no place, and with the exception of an executor that refuses it. Completing it while the call
     *     waits, for instance by cancellation, removes the call from the queue; later than that, it does not end the
     *     call
     */
    <C> QueuedCall.Result submit(Invocation<? super C, ?> call, C context, Executor executor) {
        BulkheadSettings settings = settings();
        QueuedCall queued = new QueuedCall(this, () -> call.proceed(context), executor);
        if (!queued.join(settings.maxWaitingCalls())) {
            queued.result().completeExceptionally(rejected(null));
        } else if (settings.maxWaitMillis() > 0 && queued.isQueued()) {
            waitLimit.add(queued, settings.maxWaitMillis());
        }
        return queued.result();
    }

    private void await(Place place) {
        BulkheadSettings settings = settings();
        WaitingThread waiter = new WaitingThread(places, ticker, ticker.nanos(), settings.maxWaitMillis());
        try {
            if (!waiter.join(settings.maxWaitingCalls())) {
                throw rejected(null);
            }
            while (waiter.isQueued()) {
                if (!waiter.await() && waiter.withdraw()) {
                    boolean interrupted = Thread.currentThread().isInterrupted();
                    throw rejected(interrupted ? new InterruptedException("the wait was interrupted") : null);
                }
            }
            place.takeFrom(waiter);
        } finally {
            waiter.end();
        }
    }

    private <C> Object run(Place place, Invocation<? super C, ?> call, C context, boolean mayReplace) throws Exception {
        Departure departure = null;
        try {
            departure = new Departure(place);
            admitted.increment();
            Object result = call.proceed(context);
            if (result instanceof CompletionStage<?> stage) {
                place.handOver();
                if (mayReplace) {
                    CompletionStage<Object> placed = new PlacedStage(stage, departure);
                    return placed;
                }
                stage.whenComplete(departure);
            } else {
                departure.run();
            }
            return result;
        } catch (Throwable thrown) {
            if (departure == null) {
                place.leave();
            } else {
                departure.run();
            }
            throw thrown;
        }
    }

    Places places() {
        return places;
    }

    long nanos() {
        return ticker.nanos();
    }

    /** Counts a call that has got a place. */
    void admitted() {
        admitted.increment();
    }

    /** Counts a rejected call; returns its exception. */
    RuntimeException rejected(InterruptedException interruption) {
        rejected.increment();
        return rejection.of(name(), settings(), interruption);
    }

    @Override
    public BulkheadSnapshot snapshot() {
        return new Snapshot();
    }

    private final class Snapshot extends LayerSnapshot implements BulkheadSnapshot {
        private final int callsInFlight = places.taken();
        private final int waitingCalls = places.waiting();
        private final long longestWaitMillis;
        private final long admitted = Bulkhead.this.admitted.sum();
        private final long rejected = Bulkhead.this.rejected.sum();

        Snapshot() {
            long now = ticker.nanos();
            longestWaitMillis = Math.max(0, now - places.waitingSince(now)) / 1_000_000;
        }

        @Override
        public int callsInFlight() {
            return callsInFlight;
        }

        @Override
        public int waitingCalls() {
            return waitingCalls;
        }

        @Override
        public long longestWaitMillis() {
            return longestWaitMillis;
        }

        @Override
        public long admitted() {
            return admitted;
        }

        @Override
        public long rejected() {
            return rejected;
        }
    }
}
