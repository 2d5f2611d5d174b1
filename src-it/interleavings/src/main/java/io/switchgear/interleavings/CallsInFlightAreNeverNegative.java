// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A snapshot is taken while a call begins and ends. */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE, desc = "Before or after the call.")
@Outcome(id = "1", expect = ACCEPTABLE, desc = "During the call.")
@Outcome(expect = FORBIDDEN, desc = "The end of the call was counted without its beginning.")
@State
public class CallsInFlightAreNeverNegative {
    private final Rig rig = Rig.closed();

    @Actor
    public void call() {
        rig.succeed();
    }

    @Actor
    public void reader(L_Result r) {
        r.r1 = rig.snapshot().callsInFlight();
    }
}
