// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The stage of a call completes while its time limit fires. */
@JCStressTest
@Outcome(id = "fine, 1\\+0\\+0 left 0", expect = ACCEPTABLE, desc = "The stage completed in time.")
@Outcome(id = "exceeded, 0\\+1\\+0 left 0", expect = ACCEPTABLE, desc = "The limit fired.")
@Outcome(expect = FORBIDDEN, desc = "The caller and the breaker have different outcomes.")
@State
public class AStageEndsOnce {
    private final LimitRig rig = new LimitRig();
    private final CompletableFuture<Object> attempt = new CompletableFuture<>();
    private final CompletableFuture<?> result;

    public AStageEndsOnce() {
        try {
            result = (CompletableFuture<?>) rig.call(CompletableFuture.class, context -> attempt);
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Actor
    public void service() {
        attempt.complete("fine");
    }

    @Actor
    public void timer() {
        rig.fire();
    }

    @Arbiter
    public void afterwards(LL_Result r) {
        r.r1 = result.isCompletedExceptionally() ? "exceeded" : result.getNow(null);
        r.r2 = rig.counted();
    }
}
