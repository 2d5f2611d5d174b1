// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.coffee;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** What the coffee shop depends on. Fails as often as a test wants, and counts the calls that reach it. */
@ApplicationScoped
public class Roastery {
    private static final long MAX_WAIT_SECONDS = 60;

    private final AtomicInteger calls = new AtomicInteger();
    private final Semaphore deliveries = new Semaphore(0);
    private volatile int failing;

    /** Lets this many of the next calls fail, and counts from 0. */
    public void fail(int times) {
        calls.set(0);
        failing = times;
    }

    public int calls() {
        return calls.get();
    }

    /** Returns {@code what}, unless the call is one of those that fail. */
    public String ask(String what) {
        if (calls.incrementAndGet() <= failing) {
            throw new IllegalStateException("the roastery does not answer");
        }
        return what;
    }

    /** Lets one of the calls go on that wait for a delivery. */
    public void deliver() {
        deliveries.release();
    }

    public String delivery() throws InterruptedException, TimeoutException {
        if (!deliveries.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("nothing was delivered");
        }
        return "delivered";
    }
}
