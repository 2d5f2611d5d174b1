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

/** Two successes are required, and two trials succeed at once. */
@JCStressTest
@Outcome(
        id = "0, 0, CLOSED>OPEN>HALF_OPEN>CLOSED",
        expect = ACCEPTABLE,
        desc = "The second success closes the breaker, once.")
@Outcome(expect = FORBIDDEN, desc = "A success was lost, or the breaker closed twice.")
@State
public class SuccessesOfTrialsAddUp {
    private static final BreakerSettings SETTINGS =
            Rig.settings(s -> s.halfOpenMaxCalls(2).successThreshold(2));

    private final Rig rig = Rig.due(SETTINGS);
    private final Rig.Call one = rig.call();
    private final Rig.Call other = rig.call();

    @Actor
    public void one() {
        one.succeeded();
    }

    @Actor
    public void other() {
        other.succeeded();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.trialsInFlight();
        r.r2 = now.lateOutcomes();
        r.r3 = rig.log.path();
    }
}
