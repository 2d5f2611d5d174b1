package io.switchgear.breaker;

import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import java.time.Instant;

/** Takes the picture of a circuit, without touching it. */
final class Snapshots {
    private Snapshots() {}

    static BreakerSnapshot of(Circuit circuit) {
        Phase now = circuit.period();
        long nanos = circuit.nanos();
        PhaseContext terms = now.terms();
        ModeOverride control = terms.control().at(nanos);
        boolean due = now instanceof Open open && open.due(nanos);
        OutcomeCounts evidence = now instanceof Closed closed ? closed.judge().evidence() : OutcomeCounts.NONE;
        BreakerTotals totals = circuit.totals;
        LastFailure failure = circuit.lastFailure();
        // the calls that are over are read before those admitted, so that none in flight is ever counted negative
        BreakerTotals.Rare rare = totals.rareSoFar();
        long slowSuccesses = rare.slowSuccesses.sum();
        long successes = totals.successes.sum() + slowSuccesses;
        long failures = totals.failures.sum();
        long ignored = rare.ignored.sum();
        return new BreakerSnapshot(
                circuit.name(),
                due ? CircuitState.HALF_OPEN : now.state(),
                terms.since(),
                terms.past().notClosedSince(),
                now instanceof Open open && !due ? open.remainingMillis(nanos) : 0,
                control.mode(),
                control.reason(),
                control.until(),
                terms.settings(),
                evidence.consecutiveFailures(),
                evidence.outcomes(),
                evidence.failures(),
                evidence.slow(),
                totals.admitted.sum() - successes - failures - ignored,
                oldestMillis(circuit, now, nanos),
                now instanceof HalfOpen halfOpen ? halfOpen.trials().inFlight() : 0,
                successes,
                failures,
                slowSuccesses,
                rare.slowFailures.sum(),
                ignored,
                rare.rejections(),
                rare.fallbacks.sum(),
                terms.past().opened(),
                rare.observedRejected.sum(),
                terms.past().observedOpened(),
                terms.past().arrivals(),
                rare.late.sum(),
                failure == null ? null : failure.what(),
                failure == null ? null : Instant.ofEpochMilli(failure.atMillis()),
                terms.past().lastTrip(),
                terms.changes().by(),
                terms.lastChange());
    }

    private static long oldestMillis(Circuit circuit, Phase now, long nanos) {
        if (now.terms().settings().slowCallMillis() == 0) {
            return -1;
        }
        InFlightTracker watch = circuit.watch();
        long called = watch == null ? 0 : watch.oldestNanos(nanos);
        long tried = now instanceof HalfOpen halfOpen ? halfOpen.trials().oldestNanos(nanos) : 0;
        return Math.max(called, tried) / 1_000_000;
    }
}
