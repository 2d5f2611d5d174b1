// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.FailureRule;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.TimeLimits;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.StageOutcome;
import io.switchgear.message.Message;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.status.TimeLimitSnapshot;
import io.switchgear.time.JdkScheduler;
import io.switchgear.time.Scheduler;
import io.switchgear.time.Time;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Ends calls that take too long. */
public final class TimeLimit extends TunableLayer<TimeLimitSettings> implements TimeLimits {
    private static final long NANOS = 1_000_000;
    /** The limit while it is off: so far away that it is never reached. */
    private static final long OFF_NANOS = Long.MAX_VALUE / 4;

    /** Creates the exceptions of the calls that exceed a time limit; called on the thread of a timer. */
    @FunctionalInterface
    public interface Exceptions {
        /**
         * Creates the exception of one call.
         *
         * @param name the name of the time limit
         * @param limitMillis the limit that the call exceeded
         * @param trial whether the call was a trial of the breaker
         * @param frames the top frames of the call's thread, as many as the settings request
         */
        RuntimeException exceeded(String name, long limitMillis, boolean trial, List<StackTraceElement> frames);
    }

    private final Exceptions exceptions;
    private final Scheduler scheduler;
    private final Deadlines deadlines;
    private final LongAdder exceeded = new LongAdder();
    private final LongAdder trialsExceeded = new LongAdder();
    private final LongAdder interrupted = new LongAdder();
    private final AtomicInteger overdue = new AtomicInteger();

    /** Creates a time limit with {@link TimeLimitExceededException}. */
    public TimeLimit(String name, TimeLimitSettings settings, Time time) {
        this(name, settings, TimeLimitExceededException::new, time);
    }

    /**
     * Creates a time limit.
     *
     * @param time its scheduler wakes up when the time of a call is over
     */
    public TimeLimit(String name, TimeLimitSettings settings, Exceptions exceptions, Time time) {
        super(name, settings, time.clock());
        this.exceptions = exceptions;
        this.scheduler = time.scheduler();
        this.deadlines = new Deadlines(name, this::limitNanos, scheduler, time.ticker());
    }

    @Override
    public FailureRule rule() {
        return FailureRule.ANY;
    }

    /**
     * Begins a call, under the breaker if there is one.
     *
     * @param breaker {@code null} if there is none
     * @throws io.switchgear.CircuitOpenException if the breaker rejects it
     */
    StageOutcome admit(Breaker breaker) {
        return settings().enabled() ? new LimitedCall(this, breaker) : new StageOutcome(breaker);
    }

    /** Begins to measure the time of a call. */
    void begins(LimitedCall call) {
        deadlines.add(call);
    }

    /** Stops measuring the time of a call, which is over. */
    void ends(LimitedCall call) {
        deadlines.remove(call);
    }

    @Override
    void settingsChanged() {
        deadlines.changed();
    }

    private long limitNanos(boolean trial) {
        TimeLimitSettings present = settings();
        return present.enabled() ? limitMillis(present, trial) * NANOS : OFF_NANOS;
    }

    private static long limitMillis(TimeLimitSettings settings, boolean trial) {
        return trial && settings.trialLimitMillis() > 0 ? settings.trialLimitMillis() : settings.limitMillis();
    }

    // ---- calls that exceed the limit

    /** Returns whether the threads of such calls are interrupted. */
    boolean interrupts() {
        return settings().interrupt();
    }

    /**
     * Counts such a call and returns its exception. Never fails.
     *
     * @param thread the thread on which it runs; {@code null} if it has left it
     */
    RuntimeException exceeded(boolean trial, Thread thread) {
        exceeded.increment();
        if (trial) {
            trialsExceeded.increment();
        }
        TimeLimitSettings present = settings();
        long limitMillis = limitMillis(present, trial);
        try {
            List<StackTraceElement> frames = thread == null || present.stackFrames() == 0
                    ? List.of()
                    : Arrays.stream(thread.getStackTrace())
                            .limit(present.stackFrames())
                            .toList();
            return exceptions.exceeded(name(), limitMillis, trial, frames);
        } catch (RuntimeException | Error broken) {
            RuntimeException instead = new TimeLimitExceededException(name(), limitMillis, trial, List.of());
            instead.addSuppressed(broken);
            return instead;
        }
    }

    void interrupted() {
        interrupted.increment();
    }

    /** Counts a call that is over although its thread has not come back. */
    void leaves() {
        overdue.incrementAndGet();
    }

    void comesBack() {
        overdue.decrementAndGet();
    }

    /** Runs code of the application on a separate thread, so that it delays no other call. */
    void execute(Runnable task) {
        try {
            scheduler.threads().execute(task);
        } catch (RuntimeException | Error refused) {
            deadlines.refused(refused);
            executeHere(task);
        }
    }

    private static void executeHere(Runnable task) {
        try {
            new JdkScheduler().threads().execute(task);
        } catch (RuntimeException | Error noThread) {
            task.run();
        }
    }

    /** Logs that the end of a call failed; the call is over nevertheless. */
    void failed(Throwable broken) {
        Message.LIMIT_FAILED.log(broken, name());
    }

    @Override
    public TimeLimitSnapshot snapshot() {
        return new Snapshot();
    }

    private final class Snapshot extends LayerSnapshot implements TimeLimitSnapshot {
        private final long exceeded = TimeLimit.this.exceeded.sum();
        private final long trialsExceeded = TimeLimit.this.trialsExceeded.sum();
        private final long interrupted = TimeLimit.this.interrupted.sum();
        private final long running = deadlines.size();
        private final long overdue = TimeLimit.this.overdue.get();

        @Override
        public long exceeded() {
            return exceeded;
        }

        @Override
        public long trialsExceeded() {
            return trialsExceeded;
        }

        @Override
        public long interrupted() {
            return interrupted;
        }

        @Override
        public long running() {
            return running;
        }

        @Override
        public long overdue() {
            return overdue;
        }
    }
}
