// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.committed;

import io.switchgear.CircuitBreaking;
import io.switchgear.Retrying;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.concurrent.atomic.AtomicInteger;

/** Deposits that conflict with others, which shows at the commit. */
@ApplicationScoped
public class Accounts {
    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Accounts others;

    private final AtomicInteger conflicts = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();

    /** The next deposits conflict as often as this. */
    public void conflict(int times) {
        conflicts.set(times);
        attempts.set(0);
    }

    @Transactional
    public void open(int id, int balance) {
        entities.persist(new Account(id, balance));
    }

    @Transactional
    public int balance(int id) {
        return entities.find(Account.class, id).balance();
    }

    @Transactional(TxType.REQUIRES_NEW)
    public void depositInBetween(int id) {
        entities.find(Account.class, id).add(1);
    }

    /** Returns the number of the attempt. */
    @Transactional
    @CircuitBreaking(name = "accounts")
    @Retrying(retryOn = OptimisticLockException.class, delayMillis = 1)
    public int deposit(int id, int amount) {
        Account account = entities.find(Account.class, id);
        if (conflicts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            others.depositInBetween(id);
        }
        account.add(amount);
        return attempts.incrementAndGet();
    }
}
