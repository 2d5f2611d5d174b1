// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.rejecting;

import io.switchgear.CircuitBreaking;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** A session bean whose service is down. */
@Stateless
public class Clerk {
    @Inject
    private Desk desk;

    @CircuitBreaking(name = "session bean", failureThreshold = 1, openMillis = 90_000)
    public String ask() {
        throw new IllegalStateException("backend-7 is down");
    }

    public String passOn() {
        return desk.ask();
    }
}
