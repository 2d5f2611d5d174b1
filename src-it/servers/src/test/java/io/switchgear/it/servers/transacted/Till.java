// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.transacted;

import io.switchgear.Retrying;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** A session bean whose retried method has no transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Till {
    @Inject
    private Inner inner;

    @Retrying(delayMillis = 1)
    public int retried() {
        return inner.write();
    }

    public int unguarded() {
        return inner.write();
    }
}
