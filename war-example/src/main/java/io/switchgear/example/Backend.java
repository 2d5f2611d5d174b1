// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Simulates the systems behind the shop, with the latency and the failure rate that a visitor sets. */
@ApplicationScoped
public class Backend {
    /** Every client of a backend has a time limit: a breaker rejects further calls, but it ends none that waits. */
    static final int TIME_LIMIT_MILLIS = 500;

    private volatile Conditions conditions = new Conditions(0, 20);

    public Conditions conditions() {
        return conditions;
    }

    public void change(Conditions wanted) {
        conditions = wanted;
    }

    /**
     * Returns the result after the current latency, or fails.
     *
     * @throws BackendException for the current percentage of calls, and if the latency is above
     *     {@value #TIME_LIMIT_MILLIS} milliseconds
     */
    public <T> T call(Supplier<T> result) {
        Conditions now = conditions;
        pause(Math.min(now.latencyMillis(), TIME_LIMIT_MILLIS));
        if (now.latencyMillis() > TIME_LIMIT_MILLIS) {
            throw new BackendException("the backend did not respond within " + TIME_LIMIT_MILLIS + " ms");
        }
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
