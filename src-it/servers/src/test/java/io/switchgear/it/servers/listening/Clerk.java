// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.listening;

import jakarta.enterprise.context.RequestScoped;

/** A bean that is available only during a request. */
@RequestScoped
public class Clerk {
    public String name() {
        return "Kim";
    }
}
