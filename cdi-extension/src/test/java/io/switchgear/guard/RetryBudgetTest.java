// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.RetrySettings;
import io.switchgear.time.TestTime;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private static final RetrySettings DEFAULTS = RetrySettings.defaults();
    private static final RetrySettings PAID_ALONE = DEFAULTS.minRetriesPerSecond(0);
    private static final RetrySettings LENT_ALONE = DEFAULTS.budgetPercent(0);

    private final TestTime time = new TestTime();
    private final RetryBudget budget = new RetryBudget(time.nanos());

    private boolean pay(RetrySettings settings) {
        return budget.pay(settings, true, time.nanos());
    }

    private int paid(RetrySettings settings, int wanted) {
        int paid = 0;
        for (int i = 0; i < wanted; i++) {
            paid += pay(settings) ? 1 : 0;
        }
        return paid;
    }

    private void succeed(RetrySettings settings, int calls) {
        for (int i = 0; i < calls; i++) {
            budget.deposit(settings, false);
        }
    }

    private long balance(RetrySettings settings) {
        return budget.balance(settings, time.nanos());
    }

    @Test
    void fiveSuccessesPayForOneRetry() {
        succeed(PAID_ALONE, 4);
        assertThat(paid(PAID_ALONE, 1)).isZero();
        succeed(PAID_ALONE, 1);
        assertThat(balance(PAID_ALONE)).isEqualTo(1);
        assertThat(paid(PAID_ALONE, 3)).isEqualTo(1);
    }

    @Test
    void withoutABudgetNoRetryIsRefused() {
        RetrySettings settings = LENT_ALONE.minRetriesPerSecond(RetrySettings.NO_BUDGET);
        time.advanceMillis(3_600_000);
        assertThat(paid(settings, 2_000_000)).isEqualTo(2_000_000);
        budget.giveBack(settings);
        succeed(settings, 1);
        assertThat(balance(settings)).isEqualTo(1_000_000);
    }

    @Test
    void noMoreThanAHundredRetriesAreSavedUp() {
        RetrySettings settings = PAID_ALONE.budgetPercent(100);
        succeed(settings, 1_000);
        assertThat(balance(settings)).isEqualTo(100);
        budget.giveBack(settings);
        budget.deposit(settings, true);
        assertThat(paid(settings, 1_000)).isEqualTo(100);
    }

    @Test
    void aSecondsWorthIsLentAndNoMoreUntilCallsSucceed() {
        assertThat(balance(DEFAULTS)).isEqualTo(10);
        assertThat(paid(DEFAULTS, 100)).isEqualTo(10);
        time.advanceMillis(9_000);
        assertThat(paid(DEFAULTS, 100)).isZero();
        assertThat(balance(DEFAULTS)).isZero();
        succeed(DEFAULTS, 5);
        assertThat(paid(DEFAULTS, 100)).isEqualTo(1);
        succeed(DEFAULTS, 50);
        assertThat(balance(DEFAULTS)).isEqualTo(10);
    }

    @Test
    void aRetryThatSucceedsCostsNothing() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(pay(LENT_ALONE)).isTrue();
            budget.deposit(LENT_ALONE, true);
        }
        assertThat(balance(LENT_ALONE)).isEqualTo(10);
    }

    @Test
    void aBudgetWithoutDepositsComesOutOfItsDebt() {
        assertThat(paid(LENT_ALONE, 100)).isEqualTo(10);
        succeed(LENT_ALONE, 9);
        assertThat(pay(LENT_ALONE)).isFalse();
        succeed(LENT_ALONE, 1);
        assertThat(pay(LENT_ALONE)).isTrue();
        succeed(LENT_ALONE, 1_000);
        assertThat(balance(LENT_ALONE)).isEqualTo(10);
    }

    @Test
    void withNothingPaidAndNothingLentNoRetryIsPaid() {
        succeed(LENT_ALONE.minRetriesPerSecond(0), 1_000);
        assertThat(balance(LENT_ALONE.minRetriesPerSecond(0))).isZero();
        assertThat(paid(LENT_ALONE.minRetriesPerSecond(0), 10)).isZero();
    }

    @Test
    void aRetryThatDoesNotBeginCostsNothingAndIsNotSavedUp() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(pay(LENT_ALONE)).isTrue();
            budget.giveBack(LENT_ALONE);
        }
        assertThat(balance(LENT_ALONE)).isEqualTo(10);
    }

    @Test
    void aSingleLostCallAmongGoodOnesIsRetriedHoweverFewTheyAre() {
        for (int i = 0; i < 100; i++) {
            time.advanceMillis(3_600_000);
            succeed(DEFAULTS, 1);
            time.advanceMillis(3_600_000);
            assertThat(pay(DEFAULTS)).isTrue();
            budget.deposit(DEFAULTS, true);
        }
    }

    @Test
    void tenSecondsAfterTheFirstFailureOfAnOutageNoCallBeginsToRetry() {
        succeed(DEFAULTS, 1_000);
        time.advanceMillis(3_600_000);
        assertThat(pay(DEFAULTS)).isTrue();
        time.advanceMillis(10_000);
        assertThat(pay(DEFAULTS)).isTrue();
        time.advanceMillis(1);
        assertThat(pay(DEFAULTS)).isFalse();
        assertThat(balance(DEFAULTS)).isZero();
        time.advanceMillis(3_600_000);
        assertThat(pay(DEFAULTS)).isFalse();
    }

    @Test
    void aCallThatHasBegunToRetryGoesOnAsItsWaitsMayBeLong() {
        succeed(DEFAULTS, 5);
        assertThat(pay(DEFAULTS)).isTrue();
        time.advanceMillis(60_000);
        assertThat(budget.pay(DEFAULTS, false, time.nanos())).isTrue();
        assertThat(pay(DEFAULTS)).isFalse();
    }

    @Test
    void oneSuccessEndsAnOutage() {
        time.advanceMillis(60_000);
        assertThat(pay(DEFAULTS)).isFalse();
        succeed(DEFAULTS, 1);
        time.advanceMillis(60_000);
        assertThat(balance(DEFAULTS)).isEqualTo(10);
        assertThat(pay(DEFAULTS)).isTrue();
    }

    @Test
    void aNewBudgetHasTenSecondsWithoutASuccess() {
        time.advanceMillis(10_000);
        assertThat(pay(DEFAULTS)).isTrue();
        time.advanceMillis(1);
        assertThat(pay(DEFAULTS)).isFalse();
    }

    @Test
    void aChangeTakesEffectAtOnceAndKeepsTheAccount() {
        assertThat(paid(DEFAULTS, 100)).isEqualTo(10);
        assertThat(paid(DEFAULTS.minRetriesPerSecond(15), 100)).isEqualTo(5);
        assertThat(paid(DEFAULTS, 100)).isZero();
        succeed(DEFAULTS, 25);
        assertThat(balance(DEFAULTS)).isZero();
        succeed(DEFAULTS, 5);
        assertThat(balance(DEFAULTS)).isEqualTo(1);
        assertThat(balance(PAID_ALONE)).isZero();
    }
}
