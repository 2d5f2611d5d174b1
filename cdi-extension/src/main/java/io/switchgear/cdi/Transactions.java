// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.guard.TransactionRule;
import io.switchgear.message.Message;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The transaction of the present thread. Works without Jakarta Transactions too: then there is none. */
final class Transactions {
    private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

    private volatile IntSupplier status = () -> Status.STATUS_NO_TRANSACTION;
    private volatile Runnable setRollbackOnly = () -> {};

    /** Finds the container's transactions. Must be called in the naming context of the application. */
    @SuppressWarnings("BanJNDI") // a constant name, in the container's own namespace
    void find() {
        try {
            var registry = (TransactionSynchronizationRegistry) new InitialContext().lookup(REGISTRY);
            status = registry::getTransactionStatus;
            setRollbackOnly = registry::setRollbackOnly;
        } catch (NamingException | ClassCastException noneHere) {
            // not every container has transactions
        }
    }

    /** Returns the rule of a method with this name, whose transaction begins where {@code demarcation} says. */
    TransactionRule rule(String method, Demarcation demarcation) {
        return new Rule(method, demarcation);
    }

    private boolean isActive() {
        return status.getAsInt() != Status.STATUS_NO_TRANSACTION;
    }

    /** Returns whether there is a transaction that can only be rolled back, or is over already by its time-out. */
    private boolean isDoomed() {
        int now = status.getAsInt();
        return now != Status.STATUS_NO_TRANSACTION && now != Status.STATUS_ACTIVE;
    }

    private final class Rule implements TransactionRule {
        private final String method;
        private final Demarcation demarcation;
        private final AtomicBoolean logged = new AtomicBoolean();

        Rule(String method, Demarcation demarcation) {
            this.method = method;
            this.demarcation = demarcation;
        }

        @Override
        public boolean allowsRetry() {
            boolean allowed = switch (demarcation.kind()) {
                case INSIDE -> true;
                // the attempt is over: a transaction that is still there began before it
                case INSIDE_UNLESS_JOINED -> !isActive();
                case CALLERS, OUTSIDE -> !isDoomed();
            };
            if (!allowed && logged.compareAndSet(false, true)) {
                Message.NOT_RETRIED.log(method);
            }
            return allowed;
        }

        @Override
        public void replaced(Throwable failure) {
            if (demarcation.kind() == Demarcation.Kind.OUTSIDE
                    && !demarcation.commits().test(failure.getClass())
                    && status.getAsInt() == Status.STATUS_ACTIVE) {
                setRollbackOnly.run();
                if (logged.compareAndSet(false, true)) {
                    Message.MARKED_FOR_ROLLBACK.log(method, failure.getClass().getName());
                }
            }
        }
    }
}
