package io.switchgear.it.wildfly.hearing;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.IntConsumer;

/** Does business in a transaction, in which a breaker opens and the business goes on. */
@Stateless
public class Desk {
    @Inject
    Fuse fuse;

    @Resource
    TransactionSynchronizationRegistry transactions;

    /** Succeeds, and tells {@code end} how its transaction ended. */
    public void trade(IntConsumer end) {
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // only the end counts
            }

            @Override
            public void afterCompletion(int status) {
                end.accept(status);
            }
        });
        try {
            fuse.blow();
        } catch (IllegalStateException expected) {
            // somebody else will
        }
    }
}
