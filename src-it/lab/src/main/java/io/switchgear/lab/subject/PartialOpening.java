// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.subject;

import io.switchgear.lab.simulation.Subject;
import io.switchgear.lab.simulation.VirtualTime;
import java.util.function.Consumer;

/**
 * A prototype of a policy that opens in part. It admits a share of the calls, and judges that share by slots.
 *
 * <ul>
 *   <li>It begins to reject only on strong evidence that more than 44 % of the calls fail: with the failures four
 *       standard deviations above that. Thirteen failures in a row are enough; at 40 % failing that is rare.
 *   <li>While it rejects, a slot ends after a second and three outcomes. The share is then multiplied by 1.8 times the
 *       part that succeeded, as in client throttling with K = 1.8: so it holds where 44 % fail. It falls by a third at
 *       least, and grows to {@link #GROWTH} times if nothing failed.
 *   <li>One call in two seconds is always admitted. If no other is, a failure begins a new slot, and two successes end
 *       it: what failed before a recovery does not delay it.
 * </ul>
 *
 * Shares are spread evenly over the calls, without random numbers.
 */
final class PartialOpening implements Subject {
    private static final double FACTOR = 1.8;
    private static final double TOLERATED = 1 - 1 / FACTOR;
    private static final double GROWTH = 4;
    private static final double FALL = 2.0 / 3;
    private static final int MAX_SLOT_CALLS = 100;
    private static final int MIN_SLOT_CALLS = 3;
    private static final int MIN_TRIALS = 2;
    private static final long TRICKLE_NANOS = 2 * VirtualTime.SECOND;

    private final VirtualTime time;
    private double share = 1;
    private double credit;
    private long lastAdmitted;
    private long slotBegan;
    private int slot;
    private int offered;
    private int admitted;
    private int failures;
    private int outcomes;

    PartialOpening(VirtualTime time) {
        this.time = time;
    }

    @Override
    public void call(Remote remote, Consumer<Ending> end) {
        offered++;
        if (!isAdmitted()) {
            end.accept(Ending.REJECTED);
            return;
        }
        admitted++;
        lastAdmitted = time.nanos();
        int of = slot;
        remote.send(succeeded -> {
            if (of == slot) {
                record(succeeded);
            }
            end.accept(succeeded ? Ending.DELIVERED : Ending.FAILED);
        });
    }

    private boolean isAdmitted() {
        if (share >= 1) {
            return true;
        }
        credit = Math.min(1 + share, credit + share);
        if (credit >= 1) {
            credit--;
            return true;
        }
        return time.nanos() - lastAdmitted >= TRICKLE_NANOS;
    }

    private void record(boolean succeeded) {
        outcomes++;
        failures += succeeded ? 0 : 1;
        if (share >= 1) {
            double beyond = failures - TOLERATED * outcomes;
            if (beyond > 2 * Math.sqrt(outcomes)) {
                move(FACTOR * (outcomes - failures) / outcomes);
            } else if (outcomes >= MAX_SLOT_CALLS && time.nanos() - slotBegan >= VirtualTime.SECOND) {
                next();
            }
        } else if (share == 0 && !succeeded) {
            next();
        } else if (outcomes >= (share == 0 ? MIN_TRIALS : MIN_SLOT_CALLS)
                && time.nanos() - slotBegan >= VirtualTime.SECOND) {
            double present = Math.min(1, (double) admitted / offered);
            double good = FACTOR * (outcomes - failures) / outcomes;
            double better = (good - 1) / (FACTOR - 1);
            move(present * (good >= 1 ? Math.max(good, 1 + (GROWTH - 1) * better * better) : Math.min(FALL, good)));
        }
    }

    private void move(double next) {
        share = Math.min(1, next);
        credit = 0;
        next();
    }

    private void next() {
        slot++;
        slotBegan = time.nanos();
        offered = 0;
        admitted = 0;
        failures = 0;
        outcomes = 0;
    }

    @Override
    public double admits() {
        return share;
    }
}
