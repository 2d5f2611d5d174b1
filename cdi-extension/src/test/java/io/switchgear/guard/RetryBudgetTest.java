// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.RetrySettings;
import io.switchgear.time.TestTime;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final TestTime time = new TestTime();
    private final RetryBudget budget = new RetryBudget(time.nanos());

    private int paid(RetrySettings settings, int wanted) {
        int paid = 0;
        for (int i = 0; i < wanted; i++) {
            paid += budget.pay(settings, time.nanos()) ? 1 : 0;
        }
        return paid;
    }

    @Test
    void fiveSuccessesPayForOneRetry() {
        RetrySettings settings = RetrySettings.defaults().budgetPercent(20).minRetriesPerSecond(0);
        for (int i = 0; i < 4; i++) {
            budget.deposit(settings);
        }
        assertThat(paid(settings, 1)).isZero();
        budget.deposit(settings);
        assertThat(budget.balance(settings, time.nanos())).isEqualTo(1);
        assertThat(paid(settings, 3)).isEqualTo(1);
    }

    @Test
    void withoutABudgetNoRetryIsRefused() {
        RetrySettings settings = RetrySettings.defaults().budgetPercent(0).minRetriesPerSecond(RetrySettings.NO_BUDGET);
        assertThat(paid(settings, 2_000_000)).isEqualTo(2_000_000);
        budget.giveBack(settings);
        assertThat(budget.balance(settings, time.nanos())).isEqualTo(1_000_000);
    }

    @Test
    void noMoreThanAHundredRetriesAreSavedUp() {
        RetrySettings settings = RetrySettings.defaults().budgetPercent(100).minRetriesPerSecond(0);
        for (int i = 0; i < 1_000; i++) {
            budget.deposit(settings);
        }
        assertThat(budget.balance(settings, time.nanos())).isEqualTo(100);
        assertThat(paid(settings, 1_000)).isEqualTo(100);
    }

    @Test
    void freeOnesComeAtTheirRateAndNeverMoreThanASecondsWorthAtOnce() {
        RetrySettings settings = RetrySettings.defaults().budgetPercent(0).minRetriesPerSecond(10);
        assertThat(budget.balance(settings, time.nanos())).isEqualTo(10);
        assertThat(paid(settings, 100)).isEqualTo(10);
        assertThat(budget.balance(settings, time.nanos())).isZero();
        time.advanceMillis(99);
        assertThat(paid(settings, 100)).isZero();
        time.advanceMillis(1);
        assertThat(paid(settings, 100)).isEqualTo(1);
        time.advanceMillis(3_600_000);
        assertThat(paid(settings, 100)).isEqualTo(10);
    }

    @Test
    void withoutABudgetNothingIsPaid() {
        RetrySettings settings = RetrySettings.defaults().budgetPercent(0).minRetriesPerSecond(0);
        budget.deposit(RetrySettings.defaults().budgetPercent(100).minRetriesPerSecond(0));
        assertThat(budget.balance(settings, time.nanos())).isZero();
        assertThat(paid(settings, 10)).isZero();
    }

    @Test
    void freeRetriesThatComeBackAreNotSavedUp() {
        RetrySettings settings = RetrySettings.defaults().budgetPercent(20).minRetriesPerSecond(10);
        for (int i = 0; i < 1_000; i++) {
            assertThat(budget.pay(settings, time.nanos())).isTrue();
            budget.giveBack(settings);
            time.advanceMillis(100);
        }
        assertThat(budget.balance(settings, time.nanos())).isEqualTo(10);
        for (int i = 0; i < 5; i++) {
            budget.deposit(settings);
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(budget.pay(settings, time.nanos())).isTrue();
            budget.giveBack(settings);
        }
        assertThat(budget.balance(settings, time.nanos())).isEqualTo(11);
    }

    @Test
    void aFreeRetryComesBackAsAFreeOneWhereNothingIsSaved() {
        RetrySettings free = RetrySettings.defaults().budgetPercent(0).minRetriesPerSecond(10);
        for (int i = 0; i < 100; i++) {
            assertThat(budget.pay(free, time.nanos())).isTrue();
            budget.giveBack(free);
        }
        assertThat(budget.balance(free, time.nanos())).isEqualTo(10);
        RetrySettings none = RetrySettings.defaults().budgetPercent(0).minRetriesPerSecond(0);
        budget.giveBack(none);
        assertThat(budget.balance(none, time.nanos())).isZero();
    }
}
