// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Simulates a system behind the shop, under the conditions that a visitor sets. */
public class Backend {
    private final String name;
    private volatile Conditions conditions = Conditions.NORMAL;
    private int served;
    private long calls;

    Backend(String name) {
        this.name = name;
    }

    public Conditions conditions() {
        return conditions;
    }

    /** Returns how many calls there were. */
    public synchronized long calls() {
        return calls;
    }

    /** Changes the conditions; calls that wait go on if the new ones let them. */
    public synchronized void change(UnaryOperator<Conditions> change) {
        conditions = change.apply(conditions);
        notifyAll();
    }

    /**
     * Returns the result under the present conditions, or fails. Each client has a time limit: a breaker rejects
     * further calls, but it ends none that waits.
     *
     * @throws BackendException for the present percentage of calls
     */
    public <T> T call(Supplier<T> result) {
        try {
            begin();
            try {
                return serve(result);
            } finally {
                end();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for the backend of " + name);
        }
    }

    private <T> T serve(Supplier<T> result) throws InterruptedException {
        Conditions now = conditions;
        Thread.sleep(now.latencyMillis());
        if (happens(now.resetPercent())) {
            throw new ConnectionResetException("the connection to the backend of " + name + " was reset");
        }
        if (happens(now.failurePercent())) {
            throw new BackendException(
                    "the backend of " + name + " failed, as " + now.failurePercent() + "% of its calls do now");
        }
        return result.get();
    }

    private static boolean happens(int percent) {
        return ThreadLocalRandom.current().nextInt(100) < percent;
    }

    private synchronized void begin() throws InterruptedException {
        calls++;
        while (conditions.hanging() || (conditions.capacity() > 0 && served >= conditions.capacity())) {
            wait();
        }
        served++;
    }

    private synchronized void end() {
        served--;
        notifyAll();
    }
}
