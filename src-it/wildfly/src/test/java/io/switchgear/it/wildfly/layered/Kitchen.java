// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.layered;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** A session bean with all layers. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Kitchen {
    @Inject
    private Service service;

    @CircuitBreaking(name = "kitchen", failureThreshold = 50)
    @Retrying(delayMillis = 1)
    public String cook() {
        return service.respond();
    }

    @Retrying(delayMillis = 0, maxAttempts = 2)
    @FallingBack(method = "cold")
    public String serve(String guest) {
        return service.respond();
    }

    @SuppressWarnings("unused") // called by its name
    private String cold(String guest, RuntimeException failure) {
        return "cold for " + guest + ", since " + failure.getMessage();
    }
}
