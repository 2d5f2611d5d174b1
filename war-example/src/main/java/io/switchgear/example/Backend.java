// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Simulates the systems behind the shop, with the latency and the failure rate that a visitor sets. */
@ApplicationScoped
public class Backend {
    private volatile Conditions conditions = new Conditions(0, 20);

    public Conditions conditions() {
        return conditions;
    }

    public void change(Conditions wanted) {
        conditions = wanted;
    }

    /**
     * Returns the result after the current latency, or fails. Each client has a time limit: a breaker rejects further
     * calls, but it ends none that waits.
     *
     * @throws BackendException for the current percentage of calls
     */
    public <T> T call(Supplier<T> result) {
        Conditions now = conditions;
        pause(now.latencyMillis());
        if (ThreadLocalRandom.current().nextInt(100) < now.failurePercent()) {
            throw new BackendException("the backend failed, as " + now.failurePercent() + "% of its calls do now");
        }
        return result.get();
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for the backend");
        }
    }
}
