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
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** A breaker with one place is switched off and on while a call is admitted and ends. */
@JCStressTest
@Outcome(id = "1, 0, true, false", expect = ACCEPTABLE, desc = "The breaker admitted the call.")
@Outcome(id = "0, 0, true, false", expect = ACCEPTABLE, desc = "The call passed while the breaker was off.")
@Outcome(expect = FORBIDDEN, desc = "A place was lost, or one too many returned, or the call was counted by half.")
@State
public class ASwitchLosesNoPlace {
    private static final BreakerSettings SETTINGS = Rig.settings(s -> s.maxConcurrentCalls(1));

    private final Rig rig = Rig.closed(SETTINGS);

    @Actor
    public void call() {
        rig.enter().succeeded();
    }

    @Actor
    public void operator() {
        rig.tune(s -> s.enabled(false));
        rig.tune(s -> s.enabled(true));
    }

    @Arbiter
    public void afterwards(LLLL_Result r) {
        r.r1 = rig.snapshot().successes();
        r.r2 = rig.snapshot().callsInFlight();
        r.r3 = rig.admits();
        r.r4 = rig.admits();
    }
}
