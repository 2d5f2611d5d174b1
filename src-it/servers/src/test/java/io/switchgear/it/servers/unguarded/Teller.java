// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.unguarded;

import io.switchgear.CircuitBreaking;
import jakarta.ejb.Stateless;

/** A session bean with a method that is not public, and therefore not called through the bean. */
@Stateless
public class Teller {
    public String pay() {
        return count();
    }

    @CircuitBreaking
    String count() {
        return "counted";
    }
}
