// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.subject;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Permit;
import io.switchgear.lab.simulation.Subject;
import io.switchgear.lab.simulation.VirtualTime;
import io.switchgear.settings.BreakerSettings;
import java.util.function.Consumer;

/** A breaker of this library. */
final class BreakerSubject implements Subject {
    private final Breaker breaker;

    BreakerSubject(BreakerSettings settings, VirtualTime time) {
        breaker = new Breaker("lab", settings, FailureRule.ANY, time, time, transition -> {});
    }

    @Override
    public void call(Remote remote, Consumer<Ending> end) {
        Permit permit;
        try {
            permit = breaker.acquire();
        } catch (CircuitOpenException rejected) {
            end.accept(Ending.REJECTED);
            return;
        }
        long started = permit.start();
        remote.send(succeeded -> {
            if (succeeded) {
                permit.returned(null, started);
            } else {
                permit.threw(ServiceFailure.INSTANCE, started);
            }
            end.accept(succeeded ? Ending.DELIVERED : Ending.FAILED);
        });
    }

    @Override
    public double admits() {
        return breaker.peek().admittedPercent() / 100;
    }
}
