// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Two operators change different settings at once. */
@JCStressTest
@Outcome(
        id = "7, 9, CLOSED>CLOSED>CLOSED",
        expect = ACCEPTABLE,
        desc = "Both changes are in force, and both were delivered.")
@Outcome(expect = FORBIDDEN, desc = "One change undid the other, or was not delivered.")
@State
public class SettingsOfTwoWritersAreBothKept {
    private final Rig rig = Rig.closed();

    @Actor
    public void one() {
        rig.tune(s -> s.failureThreshold(7));
    }

    @Actor
    public void other() {
        rig.tune(s -> s.successThreshold(9));
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        Arbiters.thresholdsAndPath(rig, r);
    }
}
