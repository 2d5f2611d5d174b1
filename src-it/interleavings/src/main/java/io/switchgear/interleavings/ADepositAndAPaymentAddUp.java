// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/** The budget lends two retries; one call succeeds, which pays for a retry, while another fails. */
@JCStressTest
@Outcome(id = "true, 2", expect = ACCEPTABLE, desc = "The deposit and the payment both count.")
@Outcome(expect = FORBIDDEN, desc = "A deposit or a payment was lost.")
@State
public class ADepositAndAPaymentAddUp {
    private final Budget budget = new Budget(100, 2);

    @Actor
    public void success() {
        budget.succeed();
    }

    @Actor
    public void failure(ZJ_Result r) {
        r.r1 = budget.fail();
    }

    @Arbiter
    public void afterwards(ZJ_Result r) {
        r.r2 = budget.balance();
    }
}
