package io.switchgear.it.wildfly.hearing;

import io.switchgear.status.CircuitTransition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Writes down what it hears, and what it finds then: the names of its module, its beans and a transaction. */
@ApplicationScoped
public class Siren {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @SuppressWarnings("BanJNDI") // constant names, in the container's own namespace
    void hear(@Observes CircuitTransition told) throws NamingException {
        InitialContext naming = new InitialContext();
        Object module = naming.lookup("java:module/ModuleName");
        var transactions =
                (TransactionSynchronizationRegistry) naming.lookup("java:comp/TransactionSynchronizationRegistry");
        String clerk = CDI.current().select(Clerk.class).get().name();
        heard.add(told.name() + " #" + told.number() + " " + told.to() + " in " + module + " with " + clerk
                + ", transaction " + transactions.getTransactionStatus());
    }

    public List<String> heard() {
        return heard;
    }
}
