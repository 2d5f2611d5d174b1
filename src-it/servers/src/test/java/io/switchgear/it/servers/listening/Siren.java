// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.listening;

import io.switchgear.status.CircuitTransition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Records transitions with the context of their delivery: the module, a bean and the transaction status. */
@ApplicationScoped
public class Siren {
    private final List<String> received = new CopyOnWriteArrayList<>();

    @SuppressWarnings("BanJNDI") // constant names, in the container's own namespace
    void observe(@Observes CircuitTransition transition) throws NamingException {
        InitialContext naming = new InitialContext();
        Object module = naming.lookup("java:module/ModuleName");
        var transactions =
                (TransactionSynchronizationRegistry) naming.lookup("java:comp/TransactionSynchronizationRegistry");
        String clerk = CDI.current().select(Clerk.class).get().name();
        received.add(transition.name() + " #" + transition.number() + " " + transition.to() + " in " + module + " with "
                + clerk + ", transaction " + transactions.getTransactionStatus());
    }

    public List<String> received() {
        return received;
    }
}
