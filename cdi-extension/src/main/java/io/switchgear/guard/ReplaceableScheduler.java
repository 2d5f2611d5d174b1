package io.switchgear.guard;

import java.util.concurrent.Executor;

/** Whatever lets time pass by then: guards are made before it is known what a container has for it. */
public final class ReplaceableScheduler implements Scheduler {
    private volatile Scheduler delay = new JdkScheduler();

    /** From now on time passes like this. */
    public void become(Scheduler by) {
        delay = by;
    }

    @Override
    public void pause(long nanos) throws InterruptedException {
        delay.pause(nanos);
    }

    @Override
    public Executor here() {
        return delay.here();
    }

    @Override
    public Executor threads() {
        return delay.threads();
    }

    @Override
    public Executor after(long nanos) {
        return delay.after(nanos);
    }
}
