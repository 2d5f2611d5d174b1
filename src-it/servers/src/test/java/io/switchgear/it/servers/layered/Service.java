// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.layered;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** The service that all guarded methods call; fails as often as a test requires. */
@ApplicationScoped
public class Service {
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    public void failTimes(int times) {
        calls.set(0);
        failures.set(times);
    }

    public int calls() {
        return calls.get();
    }

    public String respond() {
        int call = calls.incrementAndGet();
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("call " + call + " failed");
        }
        return "call " + call;
    }
}
