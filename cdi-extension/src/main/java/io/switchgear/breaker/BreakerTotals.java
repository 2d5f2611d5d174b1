package io.switchgear.breaker;

import io.switchgear.status.RejectionReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * What a breaker has counted since it was made. Striped, so that threads do not wait for each other. A call stands in
 * one of these sums when it is over, and in none that is worked out as a difference: so none ever falls.
 */
final class BreakerTotals {
    private static final AtomicReferenceFieldUpdater<BreakerTotals, Rare> RARE =
            AtomicReferenceFieldUpdater.newUpdater(BreakerTotals.class, Rare.class, "rare");

    final LongAdder admitted = new LongAdder();
    /** Those that were not slow. */
    final LongAdder successes = new LongAdder();

    final LongAdder failures = new LongAdder();

    private volatile Rare rare;

    /** What most breakers never have to count, so that it costs them no memory. */
    static final class Rare {
        static final Rare NONE = new Rare();

        final LongAdder slowSuccesses = new LongAdder();
        /** Among the failures. */
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

        Map<RejectionReason, Long> rejections() {
            return rejected.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            Map.Entry::getKey, each -> each.getValue().sum()));
        }
    }

    /** To be counted up. */
    Rare rare() {
        Rare made = rare;
        if (made != null) {
            return made;
        }
        RARE.compareAndSet(this, null, new Rare());
        return rare;
    }

    /** To be read. */
    Rare rareSoFar() {
        Rare made = rare;
        return made == null ? Rare.NONE : made;
    }
}
