package io.switchgear.status;

import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TunableSnapshot;

/**
 * All that can be seen of retries at one moment. Totals count since the retries were created and never fall.
 *
 * <p>Created by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface RetrySnapshot extends TunableSnapshot<RetrySettings> {
    /** Calls of the method, first attempts and retries. */
    long attempts();

    /** Attempts that were retries. */
    long retries();

    /** Calls that failed at first and succeeded with a retry. */
    long recovered();

    /** Calls that failed although their failure is retried, because no attempts or no time were left. */
    long givenUp();

    /** Calls that failed because the budget had nothing left for a retry. */
    long refusedByBudget();

    /** Retries that the budget would pay for at this moment. */
    long budgetBalance();
}
