// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.transacted;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Guarded methods of a CDI bean with {@code @Transactional}, and without. */
@ApplicationScoped
public class Orders {
    /** Fired by each attempt. */
    public record Placed(int call) {}

    @Inject
    private Table table;

    @Inject
    private Inner inner;

    @Inject
    private Event<Placed> placed;

    @Resource
    private TransactionSynchronizationRegistry transactions;

    @Transactional
    @Retrying(delayMillis = 1)
    public int retried() {
        int call = table.write();
        placed.fire(new Placed(call));
        if (table.failsNow()) {
            throw new IllegalStateException("call " + call + " failed");
        }
        return call;
    }

    @Transactional
    @Retrying(delayMillis = 1)
    public int retriedWithInner() {
        return inner.write();
    }

    @Transactional(rollbackOn = Table.Refused.class)
    @Retrying(delayMillis = 1)
    public int retriedOnChecked() throws Table.Refused {
        return table.writeOrRefuse();
    }

    @Transactional(TxType.REQUIRES_NEW)
    @Retrying(delayMillis = 1)
    public int retriedInNew() {
        return table.writeOrFail();
    }

    @Transactional
    @Retrying(delayMillis = 1)
    public CompletionStage<Integer> retriedStage() {
        return CompletableFuture.completedFuture(table.writeOrFail());
    }

    @Transactional(TxType.NOT_SUPPORTED)
    @Retrying(delayMillis = 1)
    public int retriedOutside() {
        return table.writeOrFail();
    }

    @Retrying(delayMillis = 1)
    public int retriedWithout() {
        if (table.failsNow()) {
            throw new IllegalStateException("failed");
        }
        return table.write();
    }

    @Retrying(delayMillis = 1)
    public int retriedAndMarking() {
        return inner.write();
    }

    @Transactional
    @FallingBack(method = "insteadOf")
    public int replaced() {
        return table.writeOrFail();
    }

    @SuppressWarnings("unused") // called by its name
    private int insteadOf() {
        return -1;
    }

    /** Returns, and then the commit fails. */
    @Transactional
    @CircuitBreaking(name = "commits", failureThreshold = 2, successThreshold = 1, openMillis = 0)
    public int committed() {
        int call = table.write();
        if (table.failsNow()) {
            transactions.registerInterposedSynchronization(new Synchronization() {
                @Override
                public void beforeCompletion() {
                    throw new IllegalStateException("the commit of call " + call + " failed");
                }

                @Override
                public void afterCompletion(int status) {
                    // only the commit matters
                }
            });
        }
        return call;
    }

    /** Takes longer than its transaction may. */
    @Transactional
    @CircuitBreaking(name = "late")
    public int late(long millis) throws InterruptedException {
        Thread.sleep(millis);
        return table.write();
    }

    /** Takes as long, without a guard. */
    @Transactional
    public int unguarded(long millis) throws InterruptedException {
        Thread.sleep(millis);
        return table.write();
    }

    @Transactional
    public int writesBeforeRejection(Rejecting next) {
        table.write();
        return next.call();
    }
}
