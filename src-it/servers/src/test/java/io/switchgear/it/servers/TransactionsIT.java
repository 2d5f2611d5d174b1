// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitOpenException;
import io.switchgear.Guard;
import io.switchgear.it.servers.transacted.Desk;
import io.switchgear.it.servers.transacted.Inner;
import io.switchgear.it.servers.transacted.Orders;
import io.switchgear.it.servers.transacted.Rejecting;
import io.switchgear.it.servers.transacted.Safe;
import io.switchgear.it.servers.transacted.Table;
import io.switchgear.it.servers.transacted.Till;
import io.switchgear.it.servers.transacted.Witness;
import io.switchgear.settings.RetrySettings;
import jakarta.inject.Inject;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What is committed and what is rolled back when guarded methods fail, are retried, replaced or rejected. */
@ArquillianTest
class TransactionsIT {
    @Inject
    Table table;

    @Inject
    Orders orders;

    @Inject
    Desk desk;

    @Inject
    Till till;

    @Inject
    Safe safe;

    @Inject
    Inner inner;

    @Inject
    Rejecting rejecting;

    @Inject
    Witness witness;

    @Inject
    CircuitBreakers breakers;

    @Inject
    UserTransaction callers;

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "transacted.war")
                .addClass(TransactionsIT.class)
                .addPackage(Table.class.getPackage())
                .addAsResource(Archives.withoutRetryBudget(), "META-INF/switchgear.properties")
                .addAsLibrary(Archives.extension())
                .addAsLibraries(Archives.testLibraries());
    }

    @BeforeEach
    void everyBreakerIsClosed() {
        breakers.all().forEach(CircuitBreaker::reset);
        witness.forget();
    }

    @AfterEach
    void noTransactionIsLeft() throws Exception {
        int status = callers.getStatus();
        if (status != Status.STATUS_NO_TRANSACTION) {
            callers.rollback();
        }
        assertThat(status).isEqualTo(Status.STATUS_NO_TRANSACTION);
    }

    // ---- retries of CDI beans

    @Test
    void eachAttemptHasItsOwnTransaction() throws Exception {
        table.clear(2);
        assertThat(orders.retried()).isEqualTo(3);
        assertThat(table.rows()).containsExactly(3);
    }

    @Test
    void observersOfTheOutcomeSeeEachAttempt() throws Exception {
        table.clear(2);
        orders.retried();
        assertThat(witness.rolledBack()).containsExactly(1, 2);
        assertThat(witness.committed()).containsExactly(3);
    }

    @Test
    void anInnerBeanMarksOnlyTheTransactionOfItsAttempt() throws Exception {
        table.clear(2);
        assertThat(orders.retriedWithInner()).isEqualTo(3);
        assertThat(table.rows()).containsExactly(3);
    }

    @Test
    void aCheckedExceptionThatRollsBackIsRetried() throws Exception {
        table.clear(2);
        assertThat(orders.retriedOnChecked()).isEqualTo(3);
        assertThat(table.rows()).containsExactly(3);
    }

    @Test
    void aMethodThatJoinsTheTransactionOfItsCallerIsNotRetried() throws Exception {
        table.clear(2);
        callers.begin();
        assertThatThrownBy(orders::retried).hasMessage("call 1 failed");
        assertThat(callers.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        callers.rollback();
        assertThat(table.calls()).isOne();
        assertThat(table.rows()).isEmpty();
    }

    @Test
    void aCheckedExceptionIsNotRetriedInTheTransactionOfTheCallerEither() throws Exception {
        table.clear(2);
        callers.begin();
        assertThatThrownBy(orders::retriedOnChecked).isInstanceOf(Table.Refused.class);
        callers.rollback();
        assertThat(table.calls()).isOne();
    }

    @Test
    void aMethodThatRequiresANewTransactionIsRetriedWithinThatOfItsCaller() throws Exception {
        table.clear(2);
        callers.begin();
        assertThat(orders.retriedInNew()).isEqualTo(3);
        assertThat(callers.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
        callers.rollback();
        assertThat(table.rows()).containsExactly(3);
    }

    @Test
    void aMethodOutsideTransactionsIsRetriedWithinThatOfItsCaller() throws Exception {
        table.clear(2);
        callers.begin();
        callers.setRollbackOnly();
        assertThat(orders.retriedOutside()).isEqualTo(3);
        callers.rollback();
        // each row is committed at once
        assertThat(table.rows()).containsExactly(1, 2, 3);
    }

    @Test
    void aMethodWithoutTransactionIsRetriedInThatOfItsCaller() throws Exception {
        table.clear(2);
        callers.begin();
        assertThat(orders.retriedWithout()).isOne();
        callers.commit();
        assertThat(table.rows()).containsExactly(1);
    }

    @Test
    void noAttemptRunsInATransactionThatIsMarkedForRollback() throws Exception {
        table.clear(2);
        callers.begin();
        assertThatThrownBy(orders::retriedAndMarking).hasMessage("call 1 failed");
        callers.rollback();
        assertThat(table.calls()).isOne();
    }

    @Test
    void noAttemptOfAGuardInCodeRunsInATransactionThatIsMarkedForRollback() throws Exception {
        table.clear(2);
        RetrySettings soon = RetrySettings.defaults().delayMillis(1);
        try (Guard<Integer> guard =
                breakers.<Integer>guard("in code").retry(soon).build()) {
            callers.begin();
            assertThatThrownBy(() -> guard.call(inner::write)).hasMessage("call 1 failed");
            callers.rollback();
            assertThat(table.calls()).isOne();
            assertThat(guard.call(inner::write)).isEqualTo(3);
        }
    }

    @Test
    void anAttemptThatRunsOnAnotherThreadLeavesTheTransactionOfTheCaller() throws Exception {
        table.clear(1);
        callers.begin();
        CompletionStage<Integer> result = orders.retriedStage();
        assertThat(result.toCompletableFuture().get(10, TimeUnit.SECONDS)).isEqualTo(2);
        callers.rollback();
        assertThat(table.rows()).containsExactly(2);
    }

    // ---- fallbacks of CDI beans

    @Test
    void aFallbackComesAfterTheRollback() throws Exception {
        table.clear(1);
        assertThat(orders.replaced()).isEqualTo(-1);
        assertThat(table.rows()).isEmpty();
    }

    @Test
    void aFallbackInTheTransactionOfTheCallerCommitsNothing() throws Exception {
        table.clear(1);
        callers.begin();
        assertThat(orders.replaced()).isEqualTo(-1);
        assertThatThrownBy(callers::commit).isInstanceOf(RollbackException.class);
        assertThat(table.rows()).isEmpty();
    }

    // ---- rejections

    @Test
    void aRejectionRollsBackWhatASessionBeanHasWrittenBeforeIt() throws Exception {
        table.clear(0);
        breakers.get("rejecting").forceOpen("maintenance");
        assertThatThrownBy(desk::writesBeforeRejection).isInstanceOf(CircuitOpenException.class);
        assertThat(table.rows()).isEmpty();
        breakers.get("rejecting").reset();
        assertThat(desk.writesBeforeRejection()).as("the bean is still there").isZero();
        assertThat(table.rows()).containsExactly(2);
    }

    @Test
    void aRejectionRollsBackWhatACdiBeanHasWrittenBeforeIt() throws Exception {
        table.clear(0);
        breakers.get("rejecting").forceOpen("maintenance");
        assertThatThrownBy(() -> orders.writesBeforeRejection(rejecting)).isInstanceOf(CircuitOpenException.class);
        assertThat(table.rows()).isEmpty();
    }

    // ---- session beans

    @Test
    void aFallbackOfASessionBeanRollsBackWhatTheFailedMethodHasWritten() throws Exception {
        table.clear(1);
        assertThat(desk.replaced()).isEqualTo(-1);
        assertThat(table.rows()).isEmpty();
    }

    @Test
    void theTransactionOfTheCallerIsRolledBackWithIt() throws Exception {
        table.clear(1);
        callers.begin();
        assertThat(desk.replaced()).isEqualTo(-1);
        assertThatThrownBy(callers::commit).isInstanceOf(RollbackException.class);
        assertThat(table.rows()).isEmpty();
    }

    @Test
    void theTransactionOfTheCallerIsKeptIfTheMethodHasASeparateOne() throws Exception {
        table.clear(1);
        callers.begin();
        table.write();
        assertThat(desk.replacedInNew()).isEqualTo(-2);
        callers.commit();
        assertThat(table.rows()).containsExactly(1);
    }

    @Test
    void theTransactionOfTheCallerIsKeptIfTheMethodRunsOutside() throws Exception {
        table.clear(1);
        callers.begin();
        table.write();
        assertThat(desk.replacedOutside()).isEqualTo(-2);
        callers.commit();
        assertThat(table.rows()).containsExactly(1, 2);
    }

    @Test
    void aFailureForWhichTheContainerCommitsIsCommitted() throws Exception {
        table.clear(1);
        assertThat(desk.replacedOnChecked()).isEqualTo(-1);
        assertThat(table.rows()).containsExactly(1);
    }

    @Test
    void aRejectionThatIsReplacedRollsNothingBack() throws Exception {
        table.clear(0);
        breakers.get("rejecting desk").forceOpen("maintenance");
        callers.begin();
        table.write();
        assertThat(desk.replacedRejection()).isEqualTo(-1);
        callers.commit();
        assertThat(table.rows()).containsExactly(1);
    }

    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "payara|glassfish.",
            disabledReason = "the server commits what @Transactional beans have written for such a session bean")
    void aSessionBeanWithoutTransactionIsRetried() throws Exception {
        table.clear(2);
        assertThat(till.retried()).isEqualTo(3);
        assertThat(table.rows()).containsExactly(3);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "server.name",
            matches = "payara|glassfish.",
            disabledReason = "the server rolls back what @Transactional beans have written for such a session bean")
    void theServerCommitsWhatFailsBelowASessionBeanWithoutTransaction() throws Exception {
        table.clear(1);
        assertThatThrownBy(till::unguarded).hasStackTraceContaining("call 1 failed");
        assertThat(table.rows()).as("without a guard").containsExactly(1);
        table.clear(2);
        assertThat(till.retried()).isEqualTo(3);
        assertThat(table.rows()).containsExactly(1, 2, 3);
    }

    @Test
    void aSessionBeanThatManagesItsTransactionsIsRetried() throws Exception {
        table.clear(2);
        assertThat(safe.retried()).isEqualTo(3);
        assertThat(table.rows()).containsExactly(3);
    }
}
