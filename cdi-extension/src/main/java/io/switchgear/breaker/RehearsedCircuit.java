// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RehearsalSnapshot;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/**
 * The circuit of a rehearsal. It observes: it decides as it would on its own, and admits the calls that it would
 * reject, with {@link OffPermit#REJECTED}. It has no listeners and logs nothing.
 *
 * <p>Its permits come together with those of the breaker, in one {@link RehearsedPermit}. While both are closed, or the
 * rehearsed one is open, that is one object for all calls.
 */
final class RehearsedCircuit extends Circuit implements Rehearsal {
    private record Snapshot(
            BreakerSettings settings,
            Instant since,
            String by,
            CircuitState state,
            double admittedPercent,
            double failureRatePercent,
            long opened,
            long breakerOpened,
            long rejected,
            long breakerRejected,
            long lostSuccesses,
            long unseenCalls,
            String lastTrip)
            implements RehearsalSnapshot {}

    private final Circuit breaker;
    private final UnaryOperator<BreakerSettings> change;
    private final Instant since;
    private final String by;
    private final long openedBefore;
    private final long rejectedBefore;
    private final LongAdder rejectedByBoth = new LongAdder();
    private final LongAdder unseen = new LongAdder();
    private final LongAdder lostSuccesses = new LongAdder();
    // the last permits of many calls; not volatile, as a permit is immutable and another one does no harm
    private RehearsedPermit here;
    private RehearsedPermit anywhere;

    /**
     * @param breaker the circuit whose calls it sees
     * @param change returns the rehearsed settings, given those in force
     * @param settings what it returned for those in force now
     */
    RehearsedCircuit(Circuit breaker, UnaryOperator<BreakerSettings> change, BreakerSettings settings, String by) {
        super(
                breaker.permits().name(),
                settings,
                breaker.permits().failureRule(),
                breaker.permits().ticker(),
                breaker.permits().clock(),
                RejectionListener.NONE);
        this.breaker = breaker;
        this.change = change;
        this.since = breaker.permits().clock().instant();
        this.by = by;
        BreakerSnapshot before = new CircuitSnapshot(breaker);
        this.openedBefore = before.opened();
        this.rejectedBefore = before.rejected();
        new CircuitControl(this, by).observe("");
    }

    @Override
    Permit admittedAlthoughRejected(Phase phase, boolean endsHere) {
        return OffPermit.REJECTED;
    }

    @Override
    public Permit accompany(Permit real, boolean endsHere) {
        Permit rehearsed = acquireAfterChecks(endsHere);
        try {
            return together(real, rehearsed, endsHere);
        } catch (Throwable broken) {
            rehearsed.abandon();
            throw broken;
        }
    }

    @Override
    public Permit together(Permit real, Permit rehearsed, boolean endsHere) {
        RehearsedPermit last = endsHere ? here : anywhere;
        if (last != null && last.isOf(real, rehearsed)) {
            return last;
        }
        RehearsedPermit next = new RehearsedPermit(real, rehearsed, this, endsHere);
        if (real.isForManyCalls() && rehearsed.isForManyCalls()) {
            if (endsHere) {
                here = next;
            } else {
                anywhere = next;
            }
        }
        return next;
    }

    @Override
    public void lostSuccess() {
        lostSuccesses.increment();
    }

    @Override
    public void resultFailed() {
        permits().lastFailureOf(breaker.permits());
    }

    @Override
    public void rejectedByBreaker() {
        Phase phase = phase();
        boolean rejects = !phase.isOff() && phase.rejects(permits().nanos());
        (rejects ? rejectedByBoth : unseen).increment();
    }

    @Override
    public BreakerSettings onto(BreakerSettings inForce) {
        return Objects.requireNonNull(change.apply(inForce), "change returned null instead of settings");
    }

    @Override
    public void follow() {
        try {
            new CircuitControl(this, by).update(present -> onto(breaker.settings()));
        } catch (RuntimeException | Error refused) {
            // a contradiction, or the caller's function throws. A rehearsal must not refuse a change of the settings
            // in force; its own are shown, and are refused in the same way when they are to be applied
        }
    }

    @Override
    public void reset() {
        new CircuitControl(this, by).reset();
    }

    @Override
    public RehearsalSnapshot snapshot(BreakerSnapshot real) {
        BreakerSnapshot now = new CircuitSnapshot(this);
        Phase phase = phase();
        return new Snapshot(
                now.settings(),
                since,
                by,
                now.state(),
                phase.isOff() ? 100 : 100 * phase.share(permits().nanos()),
                now.failureRatePercent(),
                now.observedOpened(),
                real.opened() - openedBefore,
                now.observedRejected() + rejectedByBoth.sum(),
                real.rejected() - rejectedBefore,
                lostSuccesses.sum(),
                unseen.sum(),
                now.lastTrip());
    }
}
