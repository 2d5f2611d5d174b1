// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * A method returns its stage while its time limit fires. The results are the end of the caller's stage, whether the
 * method's stage was cancelled, whether an interruption is left, and what was counted.
 */
@JCStressTest
@Outcome(id = "exceeded, true, false, 0\\+1\\+0 left 0", expect = ACCEPTABLE, desc = "The limit fired.")
@Outcome(id = "null, false, false, 0\\+0\\+0 left 1", expect = ACCEPTABLE, desc = "The timer did not see the call.")
@Outcome(expect = FORBIDDEN, desc = "A stage is left behind, or an interruption is.")
@State
public class AMethodThatReturnsAStageEndsOnce {
    private final LimitRig rig = new LimitRig();
    private final CompletableFuture<Object> attempt = new CompletableFuture<>();
    private final CompletionStage<Object> stage = attempt;
    private CompletableFuture<?> result;

    @Actor
    public void caller(LLLL_Result r) {
        try {
            result = (CompletableFuture<?>) rig.call(CompletableFuture.class, context -> {
                LimitRig.work();
                return stage;
            });
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
        r.r3 = Thread.interrupted();
    }

    @Actor
    public void timer() {
        rig.fire();
    }

    @Arbiter
    public void afterwards(LLLL_Result r) {
        r.r1 = result.isCompletedExceptionally() ? "exceeded" : result.getNow(null);
        r.r2 = attempt.isCancelled();
        r.r4 = rig.counted();
    }
}
