// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.status.PriorCalls;
import io.switchgear.status.RejectionReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * The totals of a breaker since it was created. Striped, so that threads do not wait for each other. Each completed
 * call is in one of these sums, and none is computed as a difference, so none ever falls.
 */
final class BreakerTotals {
    private static final AtomicReferenceFieldUpdater<BreakerTotals, Rare> RARE =
            AtomicReferenceFieldUpdater.newUpdater(BreakerTotals.class, Rare.class, "rare");

    final LongAdder admitted = new LongAdder();
    /** Successes that were not slow. */
    final LongAdder successes = new LongAdder();

    final LongAdder failures = new LongAdder();

    private volatile Rare rare;

    /**
     * The calls that have ended with an outcome.
     *
     * @param failed those that failed or were slow
     */
    record Ended(long succeeded, long failed) {
        static final Ended NONE = new Ended(0, 0);

        /** Returns the calls from a moment until the last failures; {@code null} if there are none. */
        PriorCalls since(Ended before, int lastFailures) {
            long good = succeeded - before.succeeded;
            long calls = good + Math.max(0, failed - before.failed - lastFailures);
            return calls == 0 ? null : new PriorCalls(calls, good);
        }
    }

    /** Counters that most breakers never use; created on first use to save memory. */
    static final class Rare {
        static final Rare NONE = new Rare();

        final LongAdder slowSuccesses = new LongAdder();
        /** Failures that were slow; also counted as failures. */
        final LongAdder slowFailures = new LongAdder();

        final LongAdder ignored = new LongAdder();
        final LongAdder late = new LongAdder();
        final LongAdder observedRejected = new LongAdder();
        final LongAdder fallbacks = new LongAdder();
        private final Map<RejectionReason, LongAdder> rejected = new EnumMap<>(RejectionReason.class);

        private Rare() {
            for (RejectionReason reason : RejectionReason.values()) {
                rejected.put(reason, new LongAdder());
            }
        }

        LongAdder rejected(RejectionReason reason) {
            return rejected.get(reason);
        }

        Map<RejectionReason, Long> rejectedByReason() {
            return rejected.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            Map.Entry::getKey, each -> each.getValue().sum()));
        }
    }

    Ended ended() {
        return new Ended(
                successes.sum(), failures.sum() + rareSoFar().slowSuccesses.sum());
    }

    /** Returns the rare counters for writing; creates them on first use. */
    Rare rare() {
        Rare present = rare;
        if (present != null) {
            return present;
        }
        RARE.compareAndSet(this, null, new Rare());
        return rare;
    }

    /** Returns the rare counters for reading, without creating them. */
    Rare rareSoFar() {
        Rare present = rare;
        return present == null ? Rare.NONE : present;
    }
}
