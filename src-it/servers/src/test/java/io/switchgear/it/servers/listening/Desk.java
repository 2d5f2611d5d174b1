// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.listening;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.IntConsumer;

/** Trades in a transaction, during which a breaker opens and the trade continues. */
@Stateless
public class Desk {
    @Inject
    Fuse fuse;

    @Resource
    TransactionSynchronizationRegistry transactions;

    /** Succeeds, and passes the final status of its transaction to {@code end}. */
    public void trade(IntConsumer end) {
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // only the end matters
            }

            @Override
            public void afterCompletion(int status) {
                end.accept(status);
            }
        });
        try {
            fuse.blow();
        } catch (IllegalStateException expected) {
            // another way is found
        }
    }
}
