package io.switchgear.benchmarks;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The guarded call of every row: next to nothing, so that what is measured is the guard. One for each thread.
 *
 * <p>With {@link #failingPercent} some calls throw, spread and far below every threshold, since an optimizer that has
 * never seen a failure compiles a guard that cannot have one.
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

    /** Irregular gaps: threads that fail in the same rhythm lock into phase, and then measure that. */
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

    /** The call. Returns a ready object, as a boxed number would show up as everybody's allocation. */
    Object call() {
        if (nextFails()) {
            throw Flaw.FLAW;
        }
        return result;
    }
}
