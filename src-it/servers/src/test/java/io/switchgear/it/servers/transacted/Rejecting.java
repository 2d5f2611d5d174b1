// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.transacted;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.ApplicationScoped;

/** Methods whose breakers reject all calls. */
@ApplicationScoped
public class Rejecting {
    @CircuitBreaking(name = "rejecting")
    public int call() {
        return 0;
    }
}
