// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.wrong;

import io.switchgear.Retrying;
import jakarta.ejb.Stateless;

/** A session bean whose attempts would share the transaction of the container. */
@Stateless
public class Cashier {
    @Retrying
    public void charge() {}
}
