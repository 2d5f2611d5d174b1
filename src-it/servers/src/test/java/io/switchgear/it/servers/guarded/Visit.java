// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

@RequestScoped
public class Visit {
    @Inject
    Backend backend;

    @CircuitBreaking(failureThreshold = 2)
    public String greet() {
        return backend.respond();
    }
}
