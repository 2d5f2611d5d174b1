// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitOpenException;
import io.switchgear.it.servers.committed.Accounts;
import io.switchgear.it.servers.transacted.Orders;
import io.switchgear.it.servers.transacted.Table;
import io.switchgear.status.CircuitState;
import jakarta.inject.Inject;
import jakarta.transaction.RollbackException;
import jakarta.transaction.UserTransaction;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Commits that fail, which are part of the outcome of a guarded method. */
@ArquillianTest
class CommitFailuresIT {
    private static final String PERSISTENCE = """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="accounts">
                <properties>
                  <property name="jakarta.persistence.schema-generation.database.action" value="drop-and-create"/>
                </properties>
              </persistence-unit>
            </persistence>
            """;

    @Inject
    Table table;

    @Inject
    Orders orders;

    @Inject
    Accounts accounts;

    @Inject
    CircuitBreakers breakers;

    @Inject
    UserTransaction callers;

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "committed.war")
                .addClass(CommitFailuresIT.class)
                .addPackage(Table.class.getPackage())
                .addPackage(Accounts.class.getPackage())
                .addAsResource(new StringAsset(PERSISTENCE), "META-INF/persistence.xml")
                .addAsResource(Archives.withoutRetryBudget(), "META-INF/switchgear.properties")
                .addAsLibrary(Archives.extension())
                .addAsLibraries(Archives.testLibraries());
    }

    @BeforeEach
    void everyBreakerIsClosed() {
        breakers.all().forEach(CircuitBreaker::reset);
    }

    @AfterEach
    void transactionsMayTakeTime() throws Exception {
        callers.setTransactionTimeout(0);
    }

    @Test
    void aCommitThatFailsIsAFailure() throws Exception {
        table.clear(2);
        CircuitBreaker breaker = breakers.get("commits");
        long failures = breaker.snapshot().failures();
        assertThatThrownBy(orders::committed).isInstanceOf(Exception.class);
        assertThat(breaker.snapshot().failures()).isEqualTo(failures + 1);
        assertThatThrownBy(orders::committed).isInstanceOf(Exception.class);
        assertThat(breaker.snapshot().opened()).isPositive();
        assertThat(table.rows()).isEmpty();
    }

    @Test
    void aTrialWhoseCommitFailsClosesNothing() throws Exception {
        table.clear(3);
        CircuitBreaker breaker = breakers.get("commits");
        assertThatThrownBy(orders::committed).isInstanceOf(Exception.class);
        assertThatThrownBy(orders::committed).isInstanceOf(Exception.class);
        long opened = breaker.snapshot().opened();
        assertThatThrownBy(orders::committed).isNotInstanceOf(CircuitOpenException.class);
        assertThat(breaker.snapshot().opened()).isEqualTo(opened + 1);
        assertThat(orders.committed()).isEqualTo(4);
        assertThat(breaker.snapshot().state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "payara|glassfish.",
            disabledReason = "the server sets no time limit to the transactions of @Transactional")
    void aTransactionThatTimesOutIsAFailure() throws Exception {
        table.clear(0);
        CircuitBreaker breaker = breakers.get("late");
        long failures = breaker.snapshot().failures();
        callers.setTransactionTimeout(1);
        assertThatThrownBy(() -> orders.late(2_500)).isInstanceOf(Exception.class);
        assertThat(breaker.snapshot().failures()).isEqualTo(failures + 1);
        assertThat(table.rows()).isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(
            named = "server.name",
            matches = "payara|glassfish.",
            disabledReason = "the server limits the transactions of @Transactional")
    void theServerLimitsOnlyTheTransactionsThatTheApplicationBegins() throws Exception {
        table.clear(0);
        callers.setTransactionTimeout(1);
        assertThat(orders.unguarded(2_500)).isOne();
        callers.begin();
        Thread.sleep(2_500);
        assertThatThrownBy(callers::commit).isInstanceOf(RollbackException.class);
    }

    @Test
    void aConflictOfVersionsIsRetried() {
        accounts.open(1, 100);
        accounts.conflict(2);
        assertThat(accounts.deposit(1, 10)).as("the third attempt").isEqualTo(3);
        assertThat(accounts.balance(1))
                .as("two conflicting deposits of 1, and 10")
                .isEqualTo(112);
    }

    @Test
    void aConflictOfVersionsIsAFailure() {
        accounts.open(2, 100);
        CircuitBreaker breaker = breakers.get("accounts");
        long failures = breaker.snapshot().failures();
        accounts.conflict(3);
        assertThatThrownBy(() -> accounts.deposit(2, 10)).isInstanceOf(Exception.class);
        assertThat(breaker.snapshot().failures()).isEqualTo(failures + 3);
        assertThat(accounts.balance(2)).isEqualTo(103);
    }
}
