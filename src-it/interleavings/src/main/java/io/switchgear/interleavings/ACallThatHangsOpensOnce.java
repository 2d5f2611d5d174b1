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

/** A call hangs, so that the next call opens the breaker; two calls arrive. */
@JCStressTest
@Outcome(
        id = "false, false, CLOSED>OPEN",
        expect = ACCEPTABLE,
        desc = "One call opened the breaker, and both were rejected.")
@Outcome(
        id = {"true, false, CLOSED>OPEN", "false, true, CLOSED>OPEN"},
        expect = ACCEPTABLE,
        desc = "One call was admitted while the other detected the hanging call.")
@Outcome(expect = FORBIDDEN, desc = "The hanging call was not detected, or opened the breaker twice.")
@State
public class ACallThatHangsOpensOnce {
    private static final BreakerSettings SETTINGS = Rig.settings(s -> s.slowCallMillis(16));

    private final Rig rig = Rig.closed(SETTINGS);

    {
        rig.call();
        rig.time.advanceMillis(48);
    }

    @Actor
    public void first(LLL_Result r) {
        r.r1 = rig.admits();
    }

    @Actor
    public void second(LLL_Result r) {
        r.r2 = rig.admits();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        r.r3 = rig.log.path();
    }
}
