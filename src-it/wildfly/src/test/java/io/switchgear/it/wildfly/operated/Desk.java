// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.operated;

import io.switchgear.ejb.BreakerOperations;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;

/** Operates breakers in the role of the bean that extends it. */
@PermitAll
public class Desk {
    @EJB
    private BreakerOperations operations;

    /** Returns what the operation returns, or why it is refused. */
    public String act(String operation, String name, String value) {
        return Actions.act(operations, operation, name, value);
    }
}
