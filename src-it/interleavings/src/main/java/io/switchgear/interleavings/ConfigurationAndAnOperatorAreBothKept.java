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

/** Configuration changes two settings while an operator changes one of them. */
@JCStressTest
@Outcome(
        id = "9, [FAILURE_THRESHOLD], 8",
        expect = ACCEPTABLE,
        desc = "The operator's value is in force above configuration, the other setting follows.")
@Outcome(expect = FORBIDDEN, desc = "A change was lost, or the operator's is not known as one.")
@State
public class ConfigurationAndAnOperatorAreBothKept {
    private final Rig rig = Rig.closed();

    @Actor
    public void configuration() {
        rig.breaker.configure(
                rig.breaker.configuredSettings().toBuilder()
                        .failureThreshold(7)
                        .successThreshold(8)
                        .build(),
                "configuration");
    }

    @Actor
    public void operator() {
        rig.tune(s -> s.failureThreshold(9));
    }

    @Arbiter
    public void afterwards(LLL_Result r) {
        var snapshot = rig.breaker.snapshot();
        r.r1 = snapshot.settings().failureThreshold();
        r.r2 = snapshot.changedBy().keySet().toString();
        r.r3 = snapshot.settings().successThreshold();
    }
}
