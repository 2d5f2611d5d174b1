package io.switchgear.it.wildfly.guarded;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** What all the guarded methods call. */
@ApplicationScoped
public class Backend {
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean broken;

    public String answer() {
        calls.incrementAndGet();
        if (broken) {
            throw new IllegalStateException("the backend is down");
        }
        return "fine";
    }

    public void breakDown() {
        broken = true;
    }

    public void mend() {
        broken = false;
        calls.set(0);
    }

    /** How often it was reached. */
    public int calls() {
        return calls.get();
    }
}
