// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/** The budget lends one retry, and two calls fail at once. */
@JCStressTest
@Outcome(id = "true, false, 0", expect = ACCEPTABLE, desc = "The one call is retried.")
@Outcome(id = "false, true, 0", expect = ACCEPTABLE, desc = "The other call is retried.")
@Outcome(expect = FORBIDDEN, desc = "One retry was paid twice, or none.")
@State
public class TheLastRetryOfABudgetIsPaidOnce {
    private final Budget budget = new Budget(20, 1);

    @Actor
    public void one(ZZJ_Result r) {
        r.r1 = budget.fail();
    }

    @Actor
    public void other(ZZJ_Result r) {
        r.r2 = budget.fail();
    }

    @Arbiter
    public void afterwards(ZZJ_Result r) {
        r.r3 = budget.balance();
    }
}
