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

/** Configuration changes while an operator's value stays in force, and a call fails at the same moment. */
@JCStressTest
@Outcome(id = "1, 5, 7", expect = ACCEPTABLE, desc = "The failure counts, and the operator's value stays.")
@Outcome(expect = FORBIDDEN, desc = "The failure was lost, or a value is wrong.")
@State
public class ConfigurationLosesNoFailure {
    private final Rig rig = Rig.closed();

    {
        rig.tune(s -> s.failureThreshold(5));
    }

    @Actor
    public void configuration() {
        rig.breaker.configure(
                rig.breaker.configuredSettings().toBuilder().failureThreshold(7).build(), "configuration");
    }

    @Actor
    public void call() {
        rig.fail();
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        r.r1 = rig.breaker.snapshot().consecutiveFailures();
        r.r2 = rig.breaker.snapshot().settings().failureThreshold();
        r.r3 = rig.breaker.configuredSettings().failureThreshold();
    }
}
