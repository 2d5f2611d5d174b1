// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import io.switchgear.CircuitBreaking;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

@Stateless
public class Stock {
    @Inject
    Backend backend;

    @CircuitBreaking(failureThreshold = 2)
    public String reserve() {
        return backend.respond();
    }
}
