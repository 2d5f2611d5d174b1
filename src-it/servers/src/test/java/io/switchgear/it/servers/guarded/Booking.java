// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Calls another session bean in the same transaction, and continues if that fails. */
@Stateless
public class Booking {
    /**
     * The outcome of a booking.
     *
     * @param failure the exception of the other bean, or {@code null}
     * @param rollbackOnly whether the transaction will be rolled back
     */
    public record Outcome(Throwable failure, boolean rollbackOnly) {}

    @Inject
    Stock stock;

    @Resource
    EJBContext context;

    public Outcome book() {
        Throwable failure = null;
        try {
            stock.reserve();
        } catch (RuntimeException thrown) {
            failure = thrown;
        }
        return new Outcome(failure, context.getRollbackOnly());
    }
}
