// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The guarded call of every row. It does almost nothing, so that the guard dominates the measurement. One for each
 * thread.
 *
 * <p>With {@link #failingPercent} some calls throw, spread out and far below every threshold: an optimizer that has
 * never seen a failure removes the code for it.
 */
@State(Scope.Thread)
public class Work {
    @Param({"0", "10"})
    public int failingPercent;

    private static final int GAPS = 1 << 10;

    private final int[] gaps = new int[GAPS];
    private int gap;
    private int untilFlaw;
    private final Object result = new Object();

    /** Draws irregular gaps: threads that fail in the same rhythm lock into phase, which distorts the results. */
    @Setup
    public void spreadFlaws() {
        int mean = failingPercent == 0 ? Integer.MAX_VALUE : 100 / failingPercent;
        Arrays.setAll(
                gaps,
                i -> failingPercent == 0 ? mean : ThreadLocalRandom.current().nextInt(mean - 4, mean + 5));
        untilFlaw = gaps[0];
    }

    /** Returns whether the next call fails. */
    boolean nextFails() {
        if (--untilFlaw > 0) {
            return false;
        }
        untilFlaw = gaps[gap++ & (GAPS - 1)];
        return true;
    }

    /** Runs the call. Returns an existing object, as a boxed number would count as an allocation of every row. */
    Object call() {
        if (nextFails()) {
            throw Flaw.FLAW;
        }
        return result;
    }
}
