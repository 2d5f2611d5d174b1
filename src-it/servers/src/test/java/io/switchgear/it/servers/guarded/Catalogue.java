// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
public class Catalogue {
    @Inject
    Backend backend;

    @CircuitBreaking(failureThreshold = 2)
    public String find() {
        return backend.respond();
    }
}
