// SPDX-License-Identifier: Apache-2.0
package io.switchgear.standalone;

import io.switchgear.CircuitBreaker;
import io.switchgear.FailureRule;
import io.switchgear.Guard;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TripOn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** The first calls of a program, of every kind. */
final class FirstCalls {
    /** Initialized when all is created and the first call begins. */
    static final class Begin {
        static String word = "begin".toString();

        private Begin() {}
    }

    private FirstCalls() {}

    public static void main(String[] arguments) throws Exception {
        try (Switchgear switchgear = Switchgear.start("first")) {
            List<CircuitBreaker> breakers = new ArrayList<>();
            for (TripOn policy : TripOn.values()) {
                breakers.add(switchgear
                        .breakers()
                        .create(
                                policy.name(),
                                BreakerSettings.builder()
                                        .tripOn(policy)
                                        .minimumCalls(1)
                                        .slowCallMillis(1_000)
                                        .maxConcurrentCalls(10)
                                        .build()));
            }
            Guard<String> guard = switchgear
                    .breakers()
                    .<String>guard("guarded")
                    .breaker(BreakerSettings.defaults(), FailureRule.ANY)
                    .retry(RetrySettings.defaults())
                    .fallback(failure -> "instead")
                    .build();
            System.out.println(Begin.word);
            for (CircuitBreaker breaker : breakers) {
                calls(breaker);
            }
            System.out.println(guard.call(() -> {
                throw new IllegalStateException("broken");
            }));
        }
    }

    private static void calls(CircuitBreaker breaker) {
        attempt(() -> breaker.call(() -> "fine"));
        breaker.callAsync(() -> CompletableFuture.completedStage("fine"));
        for (int i = 0; i < 20; i++) {
            attempt(() -> breaker.call(() -> {
                throw new IllegalStateException("broken");
            }));
        }
        breaker.forceOpen("");
        breaker.automatic();
        attempt(() -> breaker.call(() -> "a trial"));
        breaker.reset();
        System.out.println(breaker.snapshot().rejected() > 0);
    }

    private static void attempt(Callable<?> call) {
        try {
            call.call();
        } catch (Exception expected) {
            // a failure, or a rejection
        }
    }
}
