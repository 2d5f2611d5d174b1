// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.listening;

import io.switchgear.status.CircuitTransition;
import jakarta.annotation.Priority;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A session bean that observes before others, and can be made to block. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class Sloth {
    private volatile CountDownLatch unblocked = new CountDownLatch(0);

    public void observe(@Observes @Priority(2) CircuitTransition transition) throws InterruptedException {
        if (!unblocked.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("still blocked");
        }
    }

    public void block() {
        unblocked = new CountDownLatch(1);
    }

    public void unblock() {
        unblocked.countDown();
    }
}
