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
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** One concurrent call is allowed, and two arrive. */
@JCStressTest
@Outcome(
        id = {"true, false, 1, 1", "false, true, 1, 1"},
        expect = ACCEPTABLE,
        desc = "The first call runs.")
@Outcome(expect = FORBIDDEN, desc = "Both calls run, or neither, or a rejection was not counted.")
@State
public class CallsAtOnceStayWithinTheirNumber {
    private static final BreakerSettings SETTINGS = Rig.settings(s -> s.maxConcurrentCalls(1));

    private final Rig rig = Rig.closed(SETTINGS);

    @Actor
    public void first(LLLL_Result r) {
        r.r1 = rig.admits();
    }

    @Actor
    public void second(LLLL_Result r) {
        r.r2 = rig.admits();
    }

    @Arbiter
    public void afterwards(LLLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r3 = now.callsInFlight();
        r.r4 = now.rejected();
    }
}
