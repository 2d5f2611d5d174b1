// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerSnapshot;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The results that several tests compare, in the order in which a method names them. */
final class Arbiters {
    private Arbiters() {}

    static void stateModeAndPath(Rig rig, LLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.state();
        r.r2 = now.mode();
        r.r3 = rig.log.path();
    }

    static void stateAndWindow(Rig rig, LLL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.state();
        r.r2 = now.windowOutcomes();
        r.r3 = now.windowFailures();
    }

    static void window(Rig rig, LL_Result r) {
        BreakerSnapshot now = rig.snapshot();
        r.r1 = now.windowOutcomes();
        r.r2 = now.windowFailures();
    }

    /** Leaves the first result to an actor. */
    static void trialsAndPath(Rig rig, LLL_Result r) {
        r.r2 = rig.snapshot().trialsInFlight();
        r.r3 = rig.log.path();
    }

    static void thresholdsAndPath(Rig rig, LLL_Result r) {
        BreakerSettings now = rig.snapshot().settings();
        r.r1 = now.failureThreshold();
        r.r2 = now.successThreshold();
        r.r3 = rig.log.path();
    }
}
