// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TunableSnapshot;

/**
 * The settings and totals of retries at one moment. Totals count since the retries were created and never decrease.
 *
 * <p>Created by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface RetrySnapshot extends TunableSnapshot<RetrySettings> {
    /** Returns the number of attempts, retries included. */
    long attempts();

    /** Returns the number of attempts that were retries. */
    long retries();

    /** Returns the number of calls that failed at first and succeeded with a retry. */
    long recovered();

    /** Returns the number of calls whose failure was not retried because no attempts or no time were left. */
    long givenUp();

    /** Returns the number of calls whose failure was not retried because the budget paid for no more. */
    long refusedByBudget();

    /** Returns the number of retries that the budget would pay for at this moment, free ones included. */
    long budgetBalance();
}
