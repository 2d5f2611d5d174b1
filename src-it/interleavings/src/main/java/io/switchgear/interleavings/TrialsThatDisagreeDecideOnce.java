// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerSnapshot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A trial succeeds, which closes the breaker, while another one fails, which opens it again. */
@JCStressTest
@Outcome(id = "CLOSED, 0, CLOSED>OPEN>HALF_OPEN>CLOSED", expect = ACCEPTABLE, desc = "The success came first.")
@Outcome(id = "OPEN, 0, CLOSED>OPEN>HALF_OPEN>OPEN", expect = ACCEPTABLE, desc = "The failure came first.")
@Outcome(expect = FORBIDDEN, desc = "Both trials decided, or neither.")
@State
public class TrialsThatDisagreeDecideOnce {
    private static final BreakerSettings SETTINGS = Rig.settings(s -> s.halfOpenMaxCalls(2));

    private final Rig rig = Rig.due(SETTINGS);
    private final Rig.Call good = rig.call();
    private final Rig.Call bad = rig.call();

    @Actor
    public void success() {
        good.succeeded();
    }

    @Actor
    public void failure() {
        bad.failed();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.state();
        r.r2 = now.trialsInFlight();
        r.r3 = rig.log.path();
    }
}
