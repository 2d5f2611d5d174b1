// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
@CircuitBreaking(failureThreshold = 2)
public class Ledger {
    @Inject
    Backend backend;

    public String credit() {
        return backend.respond();
    }

    public String debit() {
        return backend.respond();
    }

    @CircuitBreaking(failureThreshold = 7)
    public String audit() {
        return backend.respond();
    }
}
