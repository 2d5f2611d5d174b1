package io.switchgear.it.wildfly.guarded;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Calls another session bean in its own transaction, and carries on if that fails. */
@Stateless
public class Booking {
    /**
     * What became of a booking.
     *
     * @param failure what the other bean threw, or {@code null}
     * @param rollbackOnly whether the transaction is lost
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
