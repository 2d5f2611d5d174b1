// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;

@ApplicationScoped
public class Rates {
    @Inject
    Backend backend;

    @CircuitBreaking(failureThreshold = 2)
    public CompletionStage<String> rate(CompletionStage<String> trigger) {
        backend.respond();
        return trigger;
    }
}
