// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.listening;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.ApplicationScoped;

/** A breaker that opens with each call. */
@ApplicationScoped
public class Fuse {
    @CircuitBreaking(name = "fuse", failureThreshold = 1, openMillis = 0)
    public void blow() {
        throw new IllegalStateException("blown");
    }
}
