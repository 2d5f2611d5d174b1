package io.switchgear.guard;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.Retries;
import io.switchgear.RetrySettings;
import io.switchgear.RetrySnapshot;
import io.switchgear.breaker.Ticker;
import io.switchgear.message.Message;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Decides whether a call that failed is tried again, and when. */
public final class Retry extends TunedLayer<RetrySettings> implements Retries {
    /** Answered instead of a wait: there is no other attempt. */
    public static final long NO = -1;

    private static final double NANOS = 1_000_000;

    private final FailureRule rule;
    private final boolean retriesOpen;
    private final Ticker ticker;
    private final DoubleSupplier random;
    private final RetryBudget budget;
    private final LongAdder attempts = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder recovered = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /**
     * With the clocks of the system.
     *
     * @param rule which failures and results are followed by a retry; a rejection by an open circuit only if it is
     *     named itself
     */
    public Retry(String name, RetrySettings settings, FailureRule rule) {
        this(
                name,
                settings,
                rule,
                Ticker.SYSTEM,
                InstantSource.system(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** With clocks and chance of its own; {@code random} answers from 0 to less than 1. */
    public Retry(
            String name,
            RetrySettings settings,
            FailureRule rule,
            Ticker ticker,
            InstantSource clock,
            DoubleSupplier random) {
        super(name, settings, clock);
        this.rule = rule;
        this.retriesOpen = rule.failOn().contains(CircuitOpenException.class);
        this.ticker = ticker;
        this.random = random;
        this.budget = new RetryBudget(ticker.nanos());
    }

    @Override
    public FailureRule rule() {
        return rule;
    }

    /** Whether a call that a breaker rejected is tried again; only if that was asked for by name. */
    public boolean retriesRejections() {
        return retriesOpen;
    }

    /** A call begins. Answers what the methods that follow have to be given. */
    public long begin() {
        attempts.increment();
        return ticker.nanos();
    }

    /**
     * An attempt returned.
     *
     * @param attempt counts from 1
     * @param atLeast nanoseconds to wait at least, because the service asked for it; 0 if it did not
     * @return nanoseconds to wait before the next attempt, or {@link #NO}
     */
    public long returned(Object result, int attempt, long started, long atLeast) {
        if (rule.failWhen() == null || !isFailure(result)) {
            succeeded(attempt);
            return NO;
        }
        return again(attempt, started, atLeast);
    }

    private boolean isFailure(Object result) {
        try {
            return rule.failWhen().test(result);
        } catch (RuntimeException | Error thrown) {
            Message.PREDICATE_FAILED.log(
                    thrown, name(), rule.failWhen().getClass().getName());
            return false;
        }
    }

    /** An attempt threw; otherwise as {@link #returned}. */
    public long threw(Throwable thrown, int attempt, long started, long atLeast) {
        boolean rejected = thrown instanceof CircuitOpenException;
        // no success either: what is not retried pays for no retries
        if (rule.ignores(thrown) || !rule.fails(thrown) || (rejected && !retriesOpen)) {
            return NO;
        }
        return again(attempt, started, atLeast);
    }

    private void succeeded(int attempt) {
        budget.save(settings());
        if (attempt > 1) {
            recovered.increment();
        }
    }

    private long again(int attempt, long started, long atLeast) {
        RetrySettings settings = settings();
        long now = ticker.nanos();
        long wait = Math.max(atLeast, wait(settings, attempt));
        long longest = settings.maxDurationMillis() * (long) NANOS;
        if (attempt >= settings.maxAttempts() || (longest > 0 && wait > longest - (now - started))) {
            givenUp.increment();
            return NO;
        }
        if (!budget.pay(settings, now)) {
            refused.increment();
            return NO;
        }
        attempts.increment();
        retries.increment();
        return wait;
    }

    /** Never overflows: what grows beyond all bounds is infinite, and the longest wait is less. */
    private long wait(RetrySettings settings, int attempt) {
        double grown = settings.delayMillis() * Math.pow(settings.backoffFactor(), attempt - 1.0);
        double most = Math.min(grown, (double) Math.max(settings.delayMillis(), settings.maxDelayMillis()));
        return (long) (most * NANOS * (1 - settings.jitterPercent() / 100 * random.getAsDouble()));
    }

    @Override
    public RetrySnapshot snapshot() {
        RetrySettings settings = settings();
        return new RetrySnapshot(
                name(),
                settings,
                attempts.sum(),
                retries.sum(),
                recovered.sum(),
                givenUp.sum(),
                refused.sum(),
                budget.balance(settings, ticker.nanos()),
                changedBy(),
                lastChange());
    }
}
