// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import java.io.Serializable;

/** A passivating bean: the server can write it to disk with its session and its interceptor. */
@SessionScoped
public class Basket implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Backend backend;

    @CircuitBreaking(failureThreshold = 2)
    public String price() {
        return backend.respond();
    }
}
