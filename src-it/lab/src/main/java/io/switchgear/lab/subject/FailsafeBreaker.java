// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.subject;

import dev.failsafe.CircuitBreaker;
import io.switchgear.lab.simulation.Subject;
import io.switchgear.lab.simulation.VirtualTime;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A breaker of Failsafe that counts failures in a row. It leaves OPEN by {@link CircuitBreaker#halfOpen()} after its
 * default delay of a minute in virtual time, in the way in which it would by the system's clock: at the first call
 * after the delay.
 */
final class FailsafeBreaker implements Subject {
    private static final long DELAY = 60 * VirtualTime.SECOND;

    private final CircuitBreaker<Object> breaker;
    private final VirtualTime time;
    private long opened;

    FailsafeBreaker(int failures, VirtualTime time) {
        this.time = time;
        this.breaker = CircuitBreaker.builder()
                .withFailureThreshold(failures)
                .withDelay(Duration.ofDays(1_000))
                .onOpen(event -> opened = time.nanos())
                .build();
    }

    @Override
    public void call(Remote remote, Consumer<Ending> end) {
        if (breaker.isOpen() && time.nanos() - opened >= DELAY) {
            breaker.halfOpen();
        }
        if (!breaker.tryAcquirePermit()) {
            end.accept(Ending.REJECTED);
            return;
        }
        remote.send(succeeded -> {
            if (succeeded) {
                breaker.recordSuccess();
            } else {
                breaker.recordException(ServiceFailure.INSTANCE);
            }
            end.accept(succeeded ? Ending.DELIVERED : Ending.FAILED);
        });
    }

    @Override
    public double admits() {
        return breaker.isClosed() ? 1 : 0;
    }
}
