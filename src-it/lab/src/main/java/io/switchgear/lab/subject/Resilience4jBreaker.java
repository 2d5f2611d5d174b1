// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.subject;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.switchgear.lab.simulation.Subject;
import io.switchgear.lab.simulation.VirtualTime;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A breaker of Resilience4j on its own clock setting. */
final class Resilience4jBreaker implements Subject {
    private final CircuitBreaker breaker;
    private final VirtualTime time;

    Resilience4jBreaker(CircuitBreakerConfig.Builder config, VirtualTime time) {
        this.time = time;
        this.breaker = CircuitBreaker.of("lab", config.clock(time).build());
    }

    @Override
    public void call(Remote remote, Consumer<Ending> end) {
        if (!breaker.tryAcquirePermission()) {
            end.accept(Ending.REJECTED);
            return;
        }
        long started = time.nanos();
        remote.send(succeeded -> {
            if (succeeded) {
                breaker.onSuccess(time.nanos() - started, TimeUnit.NANOSECONDS);
            } else {
                breaker.onError(time.nanos() - started, TimeUnit.NANOSECONDS, ServiceFailure.INSTANCE);
            }
            end.accept(succeeded ? Ending.DELIVERED : Ending.FAILED);
        });
    }

    @Override
    public double admits() {
        return breaker.getState() == CircuitBreaker.State.CLOSED ? 1 : 0;
    }
}
