// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.Retries;
import io.switchgear.message.LogLimit;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.RetrySettings;
import io.switchgear.status.RetrySnapshot;
import io.switchgear.time.Ticker;
import io.switchgear.time.Time;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Decides whether a failed call is retried, and when. */
public final class Retry extends TunableLayer<RetrySettings> implements Retries {
    /** Returned instead of a wait if there is no further attempt. */
    public static final long NO = -1;

    private static final double NANOS = 1_000_000;
    private static final long BUDGET_LINE_NANOS = 60_000_000_000L;

    /** The last line on refusals of the budget, with the number of refusals until then. */
    private record BudgetLine(long nanos, long refused) {}

    private final FailureRule rule;
    private final boolean retriesRejections;
    private final Ticker ticker;
    private final DoubleSupplier random;
    private final RetryBudget budget;
    private final LongAdder attempts = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder recovered = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final LongAdder refusedByBudget = new LongAdder();
    private final AtomicReference<BudgetLine> budgetLine = new AtomicReference<>();
    private final LogLimit failures = new LogLimit();

    /**
     * Creates retries with random jitter.
     *
     * @param rule decides which failures and results are retried; rejections by an open circuit only if the rule names
     *     {@link CircuitOpenException} itself
     */
    public Retry(String name, RetrySettings settings, FailureRule rule, Time time) {
        this(
                name,
                settings,
                rule,
                time.ticker(),
                time.clock(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Creates retries.
     *
     * @param random returns numbers from 0 to less than 1, for the jitter
     */
    public Retry(
            String name,
            RetrySettings settings,
            FailureRule rule,
            Ticker ticker,
            InstantSource clock,
            DoubleSupplier random) {
        super(name, settings, clock);
        this.rule = rule;
        this.retriesRejections = rule.listsAlone() || rule.failOn().contains(CircuitOpenException.class);
        this.ticker = ticker;
        this.random = random;
        this.budget = new RetryBudget(ticker.nanos());
    }

    @Override
    public FailureRule rule() {
        return rule;
    }

    /**
     * Returns whether rejected calls are retried, that is, whether the rule names {@link CircuitOpenException} or is
     * one of the lists alone.
     */
    public boolean retriesRejections() {
        return retriesRejections;
    }

    /**
     * Returns whether this thread runs an attempt of this retry. A call within it makes one attempt: its failure goes
     * to the outer call, which retries. Otherwise three attempts would become nine.
     */
    public boolean isRunningHere() {
        return RunningAttempt.isOf(this);
    }

    /** Returns whether retries are on. */
    boolean isEnabled() {
        return settings().enabled();
    }

    /** Begins a call; returns its start time, for the methods below. */
    public long begin() {
        if (isEnabled()) {
            attempts.increment();
        }
        return ticker.nanos();
    }

    /**
     * Handles an attempt that returned.
     *
     * @param attempt counts from 1
     * @param atLeast the minimum wait in nanoseconds that the service demands; 0 if it demands none
     * @return the wait before the next attempt in nanoseconds, or {@link #NO}
     */
    public long returned(Object result, int attempt, long started, long atLeast) {
        if (!isEnabled()) {
            return NO;
        }
        if (rule.failWhen() == null || !isFailure(result)) {
            succeeded(attempt);
            return NO;
        }
        return again(attempt, started, atLeast);
    }

    private boolean isFailure(Object result) {
        try {
            return rule.failWhen().test(result);
        } catch (Throwable thrown) {
            failures.log(
                    thrown,
                    Message.PREDICATE_FAILED,
                    name(),
                    rule.failWhen().getClass().getName(),
                    "the result is returned without a retry");
            return false;
        }
    }

    /** Handles an attempt that threw; otherwise like {@link #returned}. */
    public long threw(Throwable thrown, int attempt, long started, long atLeast) {
        return isRetried(thrown) ? again(attempt, started, atLeast) : NO;
    }

    /** Returns whether an exception is retried now. One that is not makes no deposit in the budget either. */
    boolean isRetried(Throwable thrown) {
        boolean rejected = thrown instanceof CircuitOpenException;
        return isEnabled() && !rule.ignores(thrown) && rule.fails(thrown) && (!rejected || retriesRejections);
    }

    /**
     * Returns whether it is too late for a further attempt: retries were switched off during the wait for it, or
     * {@code maxDurationMillis} has passed, as an executor may have delayed it. In the latter case the call counts as
     * given up.
     *
     * @param started the start time of the call
     */
    public boolean isTooLate(long started) {
        RetrySettings settings = settings();
        if (!settings.enabled()) {
            return true;
        }
        long maxDuration = settings.maxDurationMillis() * (long) NANOS;
        boolean late = maxDuration > 0 && ticker.nanos() - started > maxDuration;
        if (late) {
            givenUp.increment();
        }
        return late;
    }

    /** Counts a further attempt that begins now. If it is too late, gives back what was paid and returns false. */
    boolean repeats(long started) {
        if (isTooLate(started)) {
            withdraws();
            return false;
        }
        repeats();
        return true;
    }

    /** Counts a further attempt, which begins now. */
    public void repeats() {
        attempts.increment();
        retries.increment();
    }

    /** Gives back what the budget paid for a further attempt that does not begin. */
    public void withdraws() {
        budget.giveBack(settings());
    }

    /** Pays for a further attempt; returns {@code false} if the budget is used up. */
    private boolean pay(int attempt) {
        long now = ticker.nanos();
        if (!budget.pay(settings(), attempt == 1, now)) {
            refused(now);
            return false;
        }
        return true;
    }

    /** Counts a refusal of the budget, and logs one line in a minute for all of them. */
    private void refused(long now) {
        refusedByBudget.increment();
        BudgetLine last = budgetLine.get();
        if (last == null || now - last.nanos() >= BUDGET_LINE_NANOS) {
            BudgetLine line = new BudgetLine(now, refusedByBudget.sum());
            if (budgetLine.compareAndSet(last, line)) {
                long since = Math.max(1, line.refused() - (last == null ? 0 : last.refused()));
                Message.RETRIES_REFUSED.log(
                        name(),
                        Text.count(since, "call"),
                        last == null ? "" : " since the last such line",
                        settings().budgetPercent(),
                        settings().minRetriesPerSecond());
            }
        }
    }

    private void succeeded(int attempt) {
        budget.deposit(settings(), attempt > 1);
        if (attempt > 1) {
            recovered.increment();
        }
    }

    private long again(int attempt, long started, long atLeast) {
        long wait = wait(settings(), attempt, started, atLeast);
        return wait != NO && pay(attempt) ? wait : NO;
    }

    private long wait(RetrySettings settings, int attempt, long started, long atLeast) {
        long wait = Math.max(atLeast, wait(settings, attempt));
        long maxDuration = settings.maxDurationMillis() * (long) NANOS;
        if (attempt >= settings.maxAttempts() || (maxDuration > 0 && wait > maxDuration - (ticker.nanos() - started))) {
            givenUp.increment();
            return NO;
        }
        return wait;
    }

    /** Returns the wait by the settings. Never overflows: a product that is too large is infinite, and then capped. */
    private long wait(RetrySettings settings, int attempt) {
        double grown = settings.delayMillis() * Math.pow(settings.backoffFactor(), attempt - 1.0);
        double capped = Math.min(grown, (double) Math.max(settings.delayMillis(), settings.maxDelayMillis()));
        double shortened = capped * (1 - settings.jitterPercent() / 100 * random.getAsDouble());
        double jitter = settings.jitterMillis() == 0 ? 0 : settings.jitterMillis() * (2 * random.getAsDouble() - 1);
        return (long) (Math.max(0, shortened + jitter) * NANOS);
    }

    @Override
    public RetrySnapshot snapshot() {
        return new Snapshot();
    }

    private final class Snapshot extends LayerSnapshot implements RetrySnapshot {
        private final long attempts = Retry.this.attempts.sum();
        private final long retries = Retry.this.retries.sum();
        private final long recovered = Retry.this.recovered.sum();
        private final long givenUp = Retry.this.givenUp.sum();
        private final long refusedByBudget = Retry.this.refusedByBudget.sum();
        private final long budgetBalance = budget.balance(settings(), ticker.nanos());

        @Override
        public long attempts() {
            return attempts;
        }

        @Override
        public long retries() {
            return retries;
        }

        @Override
        public long recovered() {
            return recovered;
        }

        @Override
        public long givenUp() {
            return givenUp;
        }

        @Override
        public long refusedByBudget() {
            return refusedByBudget;
        }

        @Override
        public long budgetBalance() {
            return budgetBalance;
        }
    }
}
