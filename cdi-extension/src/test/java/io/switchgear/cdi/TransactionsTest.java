// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.cdi.Demarcation.Kind;
import io.switchgear.guard.TransactionRule;
import io.switchgear.message.RecordedLog;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests what the log says of transactions, each once for a method. */
class TransactionsTest {
    private static int status;
    private static int marked;

    /** The naming of a container whose transaction has the status of the test. */
    public static final class Naming implements InitialContextFactory {
        @Override
        @SuppressWarnings("JdkObsolete") // as the interface has it
        public Context getInitialContext(Hashtable<?, ?> environment) {
            return (Context) Proxy.newProxyInstance(
                    Naming.class.getClassLoader(),
                    new Class<?>[] {Context.class},
                    (context, method, parameters) -> method.getName().equals("lookup") ? registry() : null);
        }

        private static Object registry() {
            return Proxy.newProxyInstance(
                    Naming.class.getClassLoader(),
                    new Class<?>[] {TransactionSynchronizationRegistry.class},
                    (registry, method, parameters) -> {
                        if (method.getName().equals("setRollbackOnly")) {
                            marked++;
                            return null;
                        }
                        return status;
                    });
        }
    }

    private final Transactions transactions = new Transactions();

    @BeforeEach
    void find() {
        status = Status.STATUS_ACTIVE;
        marked = 0;
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Naming.class.getName());
        transactions.find();
    }

    @AfterEach
    void forget() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    private TransactionRule rule(Kind kind) {
        return transactions.rule("Orders#place()", new Demarcation(kind, "", thrown -> false));
    }

    @Test
    void anAttemptThatIsNotMadeAgainBecauseOfTheCallersTransactionIsLoggedOnce() {
        TransactionRule rule = rule(Kind.INSIDE_UNLESS_JOINED);
        try (RecordedLog log = new RecordedLog()) {
            assertThat(rule.allowsRetry()).isFalse();
            assertThat(rule.allowsRetry()).isFalse();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING SGR0036: Orders#place(): a failed attempt is not retried, as the transaction");
            status = Status.STATUS_NO_TRANSACTION;
            assertThat(rule.allowsRetry()).isTrue();
        }
    }

    @Test
    void aTransactionThatIsMarkedSinceAFallbackReplacedItsFailureIsLoggedOnce() {
        TransactionRule rule = rule(Kind.OUTSIDE);
        try (RecordedLog log = new RecordedLog()) {
            rule.replaced(new IOException("lost"));
            rule.replaced(new IOException("lost"));
            assertThat(marked).isEqualTo(2);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING SGR0037: Orders#place(): ")
                    .contains("java.io.IOException");
            status = Status.STATUS_MARKED_ROLLBACK;
            rule.replaced(new IOException("lost"));
            assertThat(marked).isEqualTo(2);
        }
    }
}
