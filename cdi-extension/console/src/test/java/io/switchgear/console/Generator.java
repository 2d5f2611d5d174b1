// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitOpenException;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.standalone.Switchgear;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Real breakers with traffic. */
public final class Generator implements AutoCloseable {
    private final Switchgear switchgear;
    private final List<CircuitBreaker> breakers = new ArrayList<>();
    private final Random random = new Random(1);

    /** Registers breakers of an application. */
    public Generator(String application, int count) {
        switchgear = Switchgear.start(application);
        BreakerSettings settings =
                BreakerSettings.builder().failureThreshold(5).openMillis(60_000).build();
        for (int i = 0; i < count; i++) {
            breakers.add(switchgear.breakers().create(application + "-" + i, settings));
        }
    }

    /** Registers a breaker of this name. */
    public CircuitBreaker add(String name) {
        return add(
                name,
                BreakerSettings.builder().failureThreshold(5).openMillis(60_000).build());
    }

    /** Registers a breaker of this name with these settings. */
    public CircuitBreaker add(String name, BreakerSettings settings) {
        CircuitBreaker made = switchgear.breakers().create(name, settings);
        breakers.add(made);
        return made;
    }

    /** Returns the breaker with this number. */
    public CircuitBreaker get(int index) {
        return breakers.get(index);
    }

    /** Lets each breaker have some calls, of which a share fails in the first ones. */
    public void traffic(int failingBreakers) {
        for (int i = 0; i < breakers.size(); i++) {
            int calls = random.nextInt(12);
            for (int call = 0; call < calls; call++) {
                call(breakers.get(i), i < failingBreakers && random.nextInt(100) < 90);
            }
        }
    }

    /** Makes calls fail. */
    public void fail(CircuitBreaker breaker, int times) {
        for (int i = 0; i < times; i++) {
            call(breaker, true);
        }
    }

    /** Makes a call, which a breaker that is open rejects. */
    public void call(CircuitBreaker breaker, boolean fails) {
        try {
            breaker.run(() -> {
                if (fails) {
                    throw new IllegalStateException("the backend is away");
                }
            });
        } catch (CircuitOpenException rejected) {
            // counted by the breaker
        } catch (Exception failed) {
            // counted by the breaker
        }
    }

    @Override
    public void close() {
        switchgear.close();
    }
}
