package io.switchgear.benchmarks;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The guarded call of every row: next to nothing, so that what is measured is the guard. One for each thread.
 *
 * <p>With {@link #failingPercent} some calls throw, evenly spread and far below every threshold, since an optimizer
 * that has never seen a failure compiles a guard that cannot have one.
 */
@State(Scope.Thread)
public class Work {
    @Param({"0", "10"})
    public int failingPercent;

    private int callsPerFlaw;
    private int untilFlaw;
    private final Object result = new Object();

    @Setup
    public void spreadFlaws() {
        callsPerFlaw = failingPercent == 0 ? Integer.MAX_VALUE : 100 / failingPercent;
        untilFlaw = callsPerFlaw;
    }

    /** Whether the next call is to fail. */
    boolean nextFails() {
        if (--untilFlaw > 0) {
            return false;
        }
        untilFlaw = callsPerFlaw;
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
