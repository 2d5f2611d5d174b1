// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** No call has succeeded for more than ten seconds; then one succeeds while another fails. */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The failure comes after the success.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The failure comes first; the next one is retried.")
@Outcome(expect = FORBIDDEN, desc = "The success was lost: the outage goes on.")
@State
public class ASuccessEndsAnOutageForTheBudget {
    private final Budget budget = new Budget(20, 10);

    {
        budget.time.advanceMillis(10_001);
    }

    @Actor
    public void success() {
        budget.succeed();
    }

    @Actor
    public void failure(ZZ_Result r) {
        r.r1 = budget.fail();
    }

    @Arbiter
    public void afterwards(ZZ_Result r) {
        r.r2 = budget.fail();
    }
}
