// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** The backend that all guarded methods call. */
@ApplicationScoped
public class Backend {
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean broken;

    public String respond() {
        calls.incrementAndGet();
        if (broken) {
            throw new IllegalStateException("the backend is down");
        }
        return "fine";
    }

    public void breakDown() {
        broken = true;
    }

    public void repair() {
        broken = false;
        calls.set(0);
    }

    /** Returns the number of calls that reached it. */
    public int calls() {
        return calls.get();
    }
}
