package io.switchgear.breaker;

import io.switchgear.BreakerControl;
import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitTransition;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Runs calls under a {@link Circuit}. */
public final class Breaker extends CircuitControl implements CircuitBreaker {
    /**
     * With the clocks of the system.
     *
     * @param listener hears of each transition, once and in order, on a thread of one of the callers
     */
    public Breaker(
            String name,
            BreakerSettings settings,
            FailureRule failureRule,
            Consumer<? super CircuitTransition> listener) {
        this(name, settings, failureRule, Ticker.SYSTEM, InstantSource.system(), listener);
    }

    /**
     * With clocks of its own.
     *
     * @param ticker measures durations
     * @param clock tells the time of day, for display only
     * @param listener hears of each transition, once and in order, on a thread of one of the callers
     */
    public Breaker(
            String name,
            BreakerSettings settings,
            FailureRule failureRule,
            Ticker ticker,
            InstantSource clock,
            Consumer<? super CircuitTransition> listener) {
        super(new Circuit(name, settings, failureRule, ticker, clock), "code");
        listen(listener);
    }

    @Override
    public String name() {
        return circuit.name();
    }

    @Override
    public FailureRule failureRule() {
        return circuit.failureRule();
    }

    @Override
    public BreakerSettings configuredSettings() {
        return circuit.configuredSettings();
    }

    @Override
    public Runnable listen(Consumer<? super CircuitTransition> listener) {
        return circuit.listen(listener);
    }

    @Override
    public BreakerControl by(String who) {
        return new CircuitControl(circuit, who);
    }

    @Override
    public BreakerSnapshot snapshot() {
        return Snapshots.of(circuit);
    }

    /** A fallback has stood in for a call that failed or was rejected. */
    public void stoodIn() {
        circuit.totals.rare().fallbacks.increment();
    }

    /**
     * Lets {@code nanos} hear how long each call took that is admitted while {@link BreakerSettings#callTimer} is on,
     * in nanoseconds, on the thread that ends it; {@code null} for nobody. If it throws, it hears no more.
     */
    public void timeWith(LongConsumer nanos) {
        circuit.timeWith(nanos);
    }

    /** Whether a call that came now would be rejected because the breaker is open. Changes nothing. */
    public boolean rejectsNow() {
        return circuit.rejectsNow();
    }

    /**
     * The right to run one call, for those who cannot hand the call over.
     *
     * @throws CircuitOpenException if the call is rejected
     */
    public Permit acquire() {
        return circuit.acquire();
    }

    /**
     * Runs {@code invocation} on {@code context} if the breaker admits it.
     *
     * @see CircuitBreaker#call
     */
    public <C, T> T call(Invocation<? super C, ? extends T> invocation, C context) throws Exception {
        Permit permit = circuit.acquire();
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
     * Runs {@code invocation} on {@code context} if the breaker admits it, and judges what it returns when that
     * completes: a {@link CompletionStage}, or a {@link Future} that is done, as that of an asynchronous session bean
     * method is when its interceptors see it. A future that is not done counts as neither success nor failure, and
     * anything else is judged on return.
     *
     * @return what the invocation returned, the very same object
     * @throws CircuitOpenException if the breaker does not admit it
     */
    public <C, T> T callAsync(Invocation<? super C, ? extends T> invocation, C context) throws Exception {
        Permit permit = circuit.acquire();
        long started = permit.start();
        T result;
        try {
            result = invocation.proceed(context);
            if (result instanceof CompletionStage<?> stage) {
                stage.whenComplete((value, thrown) -> settle(permit, value, thrown, started));
                return result;
            }
        } catch (Throwable thrown) {
            permit.threw(thrown, started);
            throw thrown;
        }
        if (result instanceof Future<?> future) {
            settle(permit, future, started);
        } else {
            permit.returned(result, started);
        }
        return result;
    }

    private static void settle(Permit permit, Object value, Throwable thrown, long started) {
        if (thrown == null) {
            permit.returned(value, started);
        } else {
            boolean wrapped = thrown instanceof CompletionException && thrown.getCause() != null;
            permit.threw(wrapped ? thrown.getCause() : thrown, started);
        }
    }

    /** By what it holds if it is done; otherwise it cannot be known, as a future tells nobody when it will be. */
    private static void settle(Permit permit, Future<?> future, long started) {
        try {
            if (isDone(future)) {
                permit.returned(future.get(), started);
            } else {
                permit.ignored(started);
            }
        } catch (ExecutionException failed) {
            permit.threw(failed.getCause() == null ? failed : failed.getCause(), started);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            permit.ignored(started);
        } catch (CancellationException cancelled) {
            permit.ignored(started);
        }
    }

    private static boolean isDone(Future<?> future) {
        try {
            return future.isDone();
        } catch (IllegalStateException holder) {
            // EJB's AsyncResult is a future in name only: it holds a value and answers isDone() with this
            return true;
        }
    }

    @Override
    public <T> T call(Callable<? extends T> action) throws Exception {
        return this.<Callable<? extends T>, T>call(Callable::call, action);
    }

    @Override
    public void run(Runnable action) {
        Permit permit = circuit.acquire();
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
        try {
            return this.<Supplier<? extends CompletionStage<T>>, CompletionStage<T>>callAsync(Supplier::get, action);
        } catch (CircuitOpenException rejected) {
            return CompletableFuture.failedStage(rejected);
        } catch (RuntimeException thrown) {
            throw thrown;
        } catch (Exception impossible) {
            throw new AssertionError("a supplier threw a checked exception", impossible);
        }
    }

    @Override
    public String toString() {
        return name() + " " + circuit.period().state();
    }
}
