// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.BreakerControl;
import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitTransition;
import io.switchgear.time.Ticker;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** A circuit breaker: runs calls under a {@link Circuit}. */
public final class Breaker extends CircuitControl implements CircuitBreaker, Reconfigurable<BreakerSettings> {
    /**
     * Creates a closed breaker on the system's clocks.
     *
     * @param listener receives each transition, once and in order, on a caller's thread; see {@link #listenFirst}
     */
    public Breaker(
            String name,
            BreakerSettings settings,
            FailureRule failureRule,
            Consumer<? super CircuitTransition> listener) {
        this(name, settings, failureRule, Ticker.SYSTEM, InstantSource.system(), listener);
    }

    /**
     * Creates a closed breaker.
     *
     * @param ticker measures durations
     * @param clock gives the time of day, for display only
     * @param listener receives each transition, once and in order, on a caller's thread; see {@link #listenFirst}
     */
    public Breaker(
            String name,
            BreakerSettings settings,
            FailureRule failureRule,
            Ticker ticker,
            InstantSource clock,
            Consumer<? super CircuitTransition> listener) {
        this(name, settings, failureRule, ticker, clock, listener, RejectionListener.NONE);
    }

    /**
     * Creates a closed breaker whose rejections are observed.
     *
     * @param ticker measures durations
     * @param clock gives the time of day, for display only
     * @param listener receives each transition, once and in order, on a caller's thread; see {@link #listenFirst}
     * @param rejections observes rejected calls
     */
    public Breaker(
            String name,
            BreakerSettings settings,
            FailureRule failureRule,
            Ticker ticker,
            InstantSource clock,
            Consumer<? super CircuitTransition> listener,
            RejectionListener rejections) {
        super(new Circuit(name, settings, failureRule, ticker, clock, rejections), "code");
        circuit.add(listener);
    }

    @Override
    public String name() {
        return circuit.permits().name();
    }

    @Override
    public FailureRule failureRule() {
        return circuit.permits().failureRule();
    }

    @Override
    public BreakerSettings configuredSettings() {
        return circuit.configuredSettings();
    }

    @Override
    public Runnable listen(Consumer<? super CircuitTransition> listener) {
        return circuit.listeners().add(listener);
    }

    /**
     * Registers a listener of this library. It is called before the application's listeners, never waits for one of
     * them, and must not block. Otherwise like {@link #listen}.
     */
    public Runnable listenFirst(Consumer<? super CircuitTransition> listener) {
        return circuit.add(listener);
    }

    @Override
    public BreakerControl by(String who) {
        return new CircuitControl(circuit, who);
    }

    @Override
    public BreakerSettings settings() {
        return circuit.settings();
    }

    @Override
    public void configure(BreakerSettings configured, String who) {
        new CircuitControl(circuit, who).configure(configured);
    }

    @Override
    public BreakerSnapshot snapshot() {
        look();
        return peek();
    }

    /**
     * Opens the breaker if calls that hang would open it at the next call. Its listeners are then called on this
     * thread, so it must hold no lock of this library.
     */
    public void look() {
        circuit.look();
    }

    /** Returns a {@link #snapshot}, but changes nothing: for threads that hold locks of this library. */
    public BreakerSnapshot peek() {
        return new CircuitSnapshot(circuit);
    }

    /** Counts a failed or rejected call whose caller got a fallback value, unless this breaker is off. */
    public void fallbackUsed() {
        if (!circuit.phase().isOff()) {
            circuit.permits().totals.rare().fallbacks.increment();
        }
    }

    /**
     * Sets the consumer of call durations, in nanoseconds; {@code null} for none. It receives the calls that are
     * admitted while {@link BreakerSettings#callTimer} is on, on the thread that ends the call. It is removed if it
     * throws.
     */
    public void timer(LongConsumer nanos) {
        circuit.permits().timer(nanos);
    }

    /**
     * Sets the exceptions that callers get instead of {@link CircuitOpenException}, each with that as its cause. Must
     * be called before the first call.
     */
    public void rejectsWith(Function<? super CircuitOpenException, ? extends RuntimeException> exceptions) {
        circuit.permits().thrownInstead(exceptions);
    }

    /** Returns whether a call would be rejected now because the breaker is open. Changes nothing. */
    public boolean rejectsNow() {
        return circuit.rejectsNow();
    }

    /**
     * Returns the exception with which a call would be rejected now because the breaker is open; {@code null} if it
     * would be admitted. Changes nothing.
     */
    public CircuitOpenException rejection() {
        return circuit.rejection();
    }

    /**
     * Grants a permit for one call that may end on any thread, for callers that run it themselves.
     *
     * @throws CircuitOpenException if the call is rejected
     */
    public Permit acquire() {
        return circuit.acquire();
    }

    /**
     * Grants a permit for one call that ends on this thread, for callers that run it themselves. Calls that this thread
     * begins meanwhile are within the call.
     *
     * @throws CircuitOpenException if the call is rejected
     * @see Permit#handedOver
     */
    public Permit enter() {
        return circuit.enter();
    }

    /** Returns whether an exception is a rejection by this breaker. */
    public boolean hasRejected(Throwable thrown) {
        return circuit.permits().isOwnRejection(thrown, false);
    }

    /**
     * Notifies the breaker that this thread goes on with an exception that was counted on another thread, so that a
     * call around does not count it again.
     */
    public void countedElsewhere(Throwable thrown) {
        circuit.permits().outcomes.count(thrown, circuit.permits().nanos());
    }

    /**
     * Runs {@code invocation} on {@code context} if the breaker admits it.
     *
     * @see CircuitBreaker#call
     */
    public <C, T> T call(Invocation<? super C, ? extends T> invocation, C context) throws Exception {
        Permit permit = circuit.enter();
        long started = permit.start();
        T result;
        try {
            result = invocation.proceed(context);
        } catch (Throwable thrown) {
            permit.threw(thrown, started);
            throw thrown;
        }
        permit.returned(result, started);
        return result;
    }

    /**
     * Runs {@code invocation} on {@code context} if the breaker admits it, and judges the object that it returns,
     * whatever its declared type. A {@link CompletionStage} is judged when it completes. A {@link Future} is judged at
     * once if it is done, as that of an asynchronous session bean method is when its interceptors see it; one that is
     * not done counts as neither success nor failure. Any other result is judged on return.
     *
     * @return the result of the invocation, the very same object
     * @throws CircuitOpenException if the breaker does not admit it
     */
    public <C, T> T callAsync(Invocation<? super C, ? extends T> invocation, C context) throws Exception {
        Permit permit = circuit.enter();
        long started = permit.start();
        T result;
        try {
            result = invocation.proceed(context);
        } catch (Throwable thrown) {
            permit.threw(thrown, started);
            throw thrown;
        }
        StageOutcome.judge(permit, result, started);
        return result;
    }

    @Override
    public <T> T call(Callable<? extends T> action) throws Exception {
        return this.<Callable<? extends T>, T>callAsync(Callable::call, Objects.requireNonNull(action, "action"));
    }

    @Override
    public void run(Runnable action) {
        Objects.requireNonNull(action, "action");
        Permit permit = circuit.enter();
        long started = permit.start();
        try {
            action.run();
        } catch (Throwable thrown) {
            permit.threw(thrown, started);
            throw thrown;
        }
        permit.returned(null, started);
    }

    @Override
    public <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> action) {
        Objects.requireNonNull(action, "action");
        try {
            CompletionStage<T> stage =
                    this.<Supplier<? extends CompletionStage<T>>, CompletionStage<T>>callAsync(Supplier::get, action);
            return stage == null ? CompletableFuture.completedStage(null) : stage;
        } catch (Throwable thrown) {
            return CompletableFuture.failedStage(thrown);
        }
    }

    @Override
    public String toString() {
        return name() + " " + circuit.phase().state();
    }
}
