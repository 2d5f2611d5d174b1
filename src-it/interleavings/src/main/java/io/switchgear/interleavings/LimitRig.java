// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import io.switchgear.FailureRule;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Invocation;
import io.switchgear.guard.GuardLayers;
import io.switchgear.guard.GuardPipeline;
import io.switchgear.guard.TimeLimit;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.time.Scheduler;
import io.switchgear.time.Time;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

/** A time limit with its own clock and timer, which an actor plays. */
final class LimitRig implements Scheduler {
    private static final int LOOKS = 1_000;
    private static final int WORK = 100;
    private static final TimeLimitSettings SETTINGS = TimeLimitSettings.defaults();

    private final TestTime time;
    private final Breaker breaker;
    private final TimeLimit limit;
    private volatile Runnable wakeUp;

    LimitRig() {
        this(new TestTime());
    }

    /** Creates a limit on a clock that it shares with others. */
    LimitRig(TestTime time) {
        this.time = time;
        breaker = new Breaker("test", BreakerSettings.defaults(), FailureRule.ANY, time, time, transition -> {});
        limit = new TimeLimit("test", SETTINGS, TimeLimitExceededException::new, new Time(time, time, this));
    }

    @Override
    public void pause(long nanos) {
        // nothing is retried
    }

    @Override
    public Executor threads() {
        return Runnable::run;
    }

    @Override
    public Executor delayed(long nanos) {
        return task -> wakeUp = task;
    }

    /** Plays the timer: lets the time of a call pass as soon as it has begun, or never if it does not begin now. */
    void fire() {
        for (int look = 0; look < LOOKS; look++) {
            Runnable task = wakeUp;
            if (task != null) {
                time.advanceMillis(SETTINGS.limitMillis());
                task.run();
                return;
            }
            Thread.onSpinWait();
        }
    }

    /** Returns after about as long as the timer needs, so that the ends of the call and of its limit meet. */
    static String work() {
        for (int turns = ThreadLocalRandom.current().nextInt(WORK); turns > 0; turns--) {
            Thread.onSpinWait();
        }
        return "fine";
    }

    /** Runs a call; returns whether it exceeded its limit. */
    boolean exceeds(Class<?> type, Invocation<LimitRig, ?> action) {
        try {
            call(type, action);
            return false;
        } catch (TimeLimitExceededException thrown) {
            return true;
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    Object call(Class<?> type, Invocation<LimitRig, ?> action) throws Exception {
        return new GuardPipeline<LimitRig>(
                        type, GuardLayers.on(this).with(breaker).with(limit))
                .call(action, this);
    }

    /** Returns the outcomes that the breaker has counted, and the calls that the limit still has. */
    String counted() {
        BreakerSnapshot now = breaker.snapshot();
        long left = limit.snapshot().running() + limit.snapshot().overdue();
        return now.successes() + "+" + now.failures() + "+" + now.ignored() + " left " + left;
    }
}
