// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.subject;

import io.smallrye.faulttolerance.core.Completer;
import io.smallrye.faulttolerance.core.FaultToleranceContext;
import io.smallrye.faulttolerance.core.Future;
import io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker;
import io.smallrye.faulttolerance.core.timer.Timer;
import io.smallrye.faulttolerance.core.timer.TimerTask;
import io.smallrye.faulttolerance.core.util.ExceptionDecision;
import io.switchgear.lab.simulation.Subject;
import io.switchgear.lab.simulation.VirtualTime;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** The breaker of SmallRye Fault Tolerance with the defaults of MicroProfile's annotation. */
final class SmallRyeBreaker implements Subject {
    private static final long DELAY_MILLIS = 5_000;
    private static final int REQUEST_VOLUME_THRESHOLD = 20;
    private static final double FAILURE_RATIO = 0.5;
    private static final int SUCCESS_THRESHOLD = 1;

    private final CircuitBreaker<Object> breaker;

    SmallRyeBreaker(VirtualTime time) {
        breaker = new CircuitBreaker<>(
                FaultToleranceContext::call,
                "lab",
                ExceptionDecision.ALWAYS_FAILURE,
                DELAY_MILLIS,
                REQUEST_VOLUME_THRESHOLD,
                FAILURE_RATIO,
                SUCCESS_THRESHOLD,
                () -> {
                    long started = time.nanos();
                    return () -> (time.nanos() - started) / 1_000_000;
                },
                new VirtualTimer(time));
    }

    @Override
    public void call(Remote remote, Consumer<Ending> end) {
        breaker.apply(new FaultToleranceContext<>(() -> send(remote), true))
                .then((value, thrown) -> end.accept(ending(thrown)));
    }

    private static Future<Object> send(Remote remote) {
        Completer<Object> reply = Completer.create();
        remote.send(succeeded -> {
            if (succeeded) {
                reply.complete("done");
            } else {
                reply.completeWithError(ServiceFailure.INSTANCE);
            }
        });
        return reply.future();
    }

    private static Ending ending(Throwable thrown) {
        if (thrown == null) {
            return Ending.DELIVERED;
        }
        return thrown instanceof CircuitBreakerOpenException ? Ending.REJECTED : Ending.FAILED;
    }

    @Override
    public double admits() {
        return breaker.currentState() == CircuitBreaker.STATE_CLOSED ? 1 : 0;
    }

    private record VirtualTimer(VirtualTime time) implements Timer {
        @Override
        public int getId() {
            return 0;
        }

        @Override
        public TimerTask schedule(long delayInMillis, Runnable task) {
            VirtualTask scheduled = new VirtualTask(task);
            time.after(delayInMillis * 1_000_000, scheduled::run);
            return scheduled;
        }

        @Override
        public TimerTask schedule(long delayInMillis, Runnable task, Executor executor) {
            return schedule(delayInMillis, () -> executor.execute(task));
        }

        @Override
        public int countScheduledTasks() {
            return 0;
        }

        @Override
        public void shutdown() {}
    }

    private static final class VirtualTask implements TimerTask {
        private final Runnable task;
        private boolean done;

        VirtualTask(Runnable task) {
            this.task = task;
        }

        void run() {
            if (!done) {
                done = true;
                task.run();
            }
        }

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public boolean cancel() {
            boolean cancelled = !done;
            done = true;
            return cancelled;
        }
    }
}
