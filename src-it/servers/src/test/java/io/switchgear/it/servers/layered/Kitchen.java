// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.layered;

import io.switchgear.CircuitBreaking;
import io.switchgear.FailedCall;
import io.switchgear.FallbackHandler;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.TimeLimiting;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;

/** A session bean with all layers. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Kitchen {
    @Inject
    private Service service;

    @Resource
    private TimerService timers;

    @CircuitBreaking(name = "kitchen", failureThreshold = 50)
    @Retrying(delayMillis = 1)
    public String cook() {
        return service.respond();
    }

    @Retrying(delayMillis = 0, maxAttempts = 2)
    @FallingBack(method = "cold")
    public String serve(String guest) {
        return service.respond();
    }

    @FallingBack(lastGood = true, method = "unknown")
    public String menu() {
        return service.respond();
    }

    @FallingBack(handler = Leftovers.class)
    public String dessert() {
        return service.respond();
    }

    /** The fallback of {@link Kitchen#dessert}. */
    @ApplicationScoped
    public static class Leftovers implements FallbackHandler<String> {
        @Override
        public String handle(FailedCall call) {
            return "leftovers for " + call.parameters();
        }
    }

    @TimeLimiting(limitMillis = 50)
    @CircuitBreaking(name = "oven")
    public String bake() throws InterruptedException {
        new CountDownLatch(1).await();
        return "never";
    }

    /** Lets a timer call {@link #burn}. */
    public void ring() {
        timers.createSingleActionTimer(1, new TimerConfig("oven", false));
    }

    @Timeout
    @TimeLimiting(limitMillis = 50)
    @FallingBack(method = "extinguished")
    public void burn(Timer timer) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            // a timeout method must not throw a checked exception
            throw new IllegalStateException(interrupted);
        }
    }

    @SuppressWarnings("unused") // called by its name
    private void extinguished(Timer timer) {
        // a timer that fails would be called again
    }

    @SuppressWarnings("unused") // called by its name
    private String unknown(RuntimeException failure) {
        return "unknown, since " + failure.getMessage();
    }

    @SuppressWarnings("unused") // called by its name
    private String cold(String guest, RuntimeException failure) {
        return "cold for " + guest + ", since " + failure.getMessage();
    }
}
