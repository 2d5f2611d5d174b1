// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.switchgear.settings.BreakerSettings;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A call begins and ends while the limit of concurrent calls is removed and set again. */
@JCStressTest
@Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "One call is admitted, as before.")
@Outcome(expect = FORBIDDEN, desc = "A permit was lost, or one too many was returned.")
@State
public class APlaceComesBackWhateverTheLimitBecomes {
    private static final BreakerSettings SETTINGS = Rig.settings(s -> s.maxConcurrentCalls(1));

    private final Rig rig = Rig.closed(SETTINGS);

    @Actor
    public void operator() {
        rig.tune(s -> s.maxConcurrentCalls(0));
        rig.tune(s -> s.maxConcurrentCalls(1));
    }

    @Actor
    public void call() {
        rig.succeed();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        r.r1 = rig.admits();
        r.r2 = rig.admits();
        r.r3 = rig.snapshot().callsInFlight();
    }
}
