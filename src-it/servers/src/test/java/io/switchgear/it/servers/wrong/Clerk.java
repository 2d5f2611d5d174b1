// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.wrong;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Clerk {
    @CircuitBreaking(failureThreshold = 0)
    public String file() {
        return "filed";
    }

    @CircuitBreaking(openMillis = -1, successThreshold = 10_001)
    public String stamp(int pages) {
        return "stamped " + pages;
    }
}
