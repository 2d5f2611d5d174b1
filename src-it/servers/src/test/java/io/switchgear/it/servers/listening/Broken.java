// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.listening;

import io.switchgear.status.CircuitTransition;
import jakarta.annotation.Priority;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;

/** A session bean that observes first, and fails: the container rolls back the transaction that it runs in. */
@Stateless
public class Broken {
    public void observe(@Observes @Priority(1) CircuitTransition transition) {
        throw new IllegalStateException("always broken");
    }
}
