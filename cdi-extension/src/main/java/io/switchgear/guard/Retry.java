package io.switchgear.guard;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.Retries;
import io.switchgear.breaker.Ticker;
import io.switchgear.message.Message;
import io.switchgear.settings.RetrySettings;
import io.switchgear.status.RetrySnapshot;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Decides whether a call that failed is tried again, and when. */
public final class Retry extends TunableLayer<RetrySettings> implements Retries {
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
        return isRetried(thrown) ? again(attempt, started, atLeast) : NO;
    }

    /** If not, it is no success either: what is not retried pays for no retries. */
    private boolean isRetried(Throwable thrown) {
        boolean rejected = thrown instanceof CircuitOpenException;
        return !rule.ignores(thrown) && rule.fails(thrown) && (!rejected || retriesOpen);
    }

    /**
     * An attempt will have failed with this, but is not over: as {@link #threw}, but nothing is paid yet, so that
     * others may use up the budget meanwhile.
     *
     * @see #pay
     */
    public long planned(Throwable failure, int attempt, long started, long atLeast) {
        long wait = isRetried(failure) ? wait(settings(), attempt, started, atLeast) : NO;
        if (wait != NO && budget.balance(settings(), ticker.nanos()) == 0) {
            refused.increment();
            return NO;
        }
        return wait;
    }

    /** Pays for an attempt that was {@linkplain #planned planned}; answers whether it could be paid for. */
    public boolean pay() {
        if (!budget.pay(settings(), ticker.nanos())) {
            refused.increment();
            return false;
        }
        attempts.increment();
        retries.increment();
        return true;
    }

    private void succeeded(int attempt) {
        budget.save(settings());
        if (attempt > 1) {
            recovered.increment();
        }
    }

    private long again(int attempt, long started, long atLeast) {
        long wait = wait(settings(), attempt, started, atLeast);
        return wait != NO && pay() ? wait : NO;
    }

    private long wait(RetrySettings settings, int attempt, long started, long atLeast) {
        long wait = Math.max(atLeast, wait(settings, attempt));
        long longest = settings.maxDurationMillis() * (long) NANOS;
        if (attempt >= settings.maxAttempts() || (longest > 0 && wait > longest - (ticker.nanos() - started))) {
            givenUp.increment();
            return NO;
        }
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
