// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import io.switchgear.FailureRule;
import io.switchgear.guard.Retry;
import io.switchgear.settings.RetrySettings;

/** A retry with a budget, for calls of one attempt. */
final class Budget {
    final TestTime time = new TestTime();
    private final Retry retry;

    Budget(double budgetPercent, int minRetriesPerSecond) {
        RetrySettings settings =
                RetrySettings.defaults().budgetPercent(budgetPercent).minRetriesPerSecond(minRetriesPerSecond);
        retry = new Retry("budget", settings, FailureRule.ANY, time, time, () -> 0);
    }

    /** Makes a call that succeeds. */
    void succeed() {
        retry.returned("done", 1, time.nanos(), 0);
    }

    /** Makes a call that fails; returns whether the budget pays for a retry. */
    boolean fail() {
        return retry.threw(new IllegalStateException(), 1, time.nanos(), 0) != Retry.NO;
    }

    /** Returns the number of retries that the budget would pay for. */
    long balance() {
        return retry.snapshot().budgetBalance();
    }
}
