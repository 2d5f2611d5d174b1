package io.switchgear.example;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Stands for the systems behind the shop: as slow and as broken as it is told to be. */
@ApplicationScoped
public class Backend {
    private volatile Conditions conditions = new Conditions(0, 20);

    public Conditions conditions() {
        return conditions;
    }

    public void become(Conditions wanted) {
        conditions = wanted;
    }

    /**
     * Answers after a while, or fails.
     *
     * @throws BackendException in as many of the calls as the conditions ask for
     */
    public <T> T ask(Supplier<T> answer) {
        Conditions now = conditions;
        pause(now.latencyMillis());
        if (ThreadLocalRandom.current().nextInt(100) < now.failurePercent()) {
            throw new BackendException("the backend failed, as " + now.failurePercent() + "% of its calls do now");
        }
        return answer.get();
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
