// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.place.Places;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RehearsalSnapshot;
import io.switchgear.status.RejectionReason;
import io.switchgear.window.OutcomeCounts;
import java.time.Instant;
import java.util.Map;

/** A snapshot of a circuit. Creating it changes nothing in the circuit. */
final class CircuitSnapshot implements BreakerSnapshot {
    private final String name;
    private final PhaseContext context;
    private final ModeOverride override;
    private final CircuitState state;
    private final long openRemainingMillis;
    private final double admitted;
    private final String admission;
    private final OutcomeCounts window;
    private final long callsInFlight;
    private final int waitingCalls;
    private final long longestWaitMillis;
    private final long oldestCallMillis;
    private final int overdueCalls;
    private final int trialsInFlight;
    private final int trialSuccesses;
    private final long successes;
    private final long failures;
    private final long slowSuccesses;
    private final long slowFailures;
    private final long ignored;
    private final Map<RejectionReason, Long> rejectedByReason;
    private final long fallbacks;
    private final long observedRejected;
    private final long lateOutcomes;
    private final String lastFailure;
    private final Instant lastFailureTime;
    private final RehearsalSnapshot rehearsal;

    CircuitSnapshot(Circuit circuit) {
        PermitContext permits = circuit.permits();
        Phase phase = circuit.phase();
        long nanos = permits.nanos();
        boolean due = !phase.isOff() && phase.isDue(nanos);
        name = permits.name();
        context = phase.context();
        override = context.override().at(nanos);
        state = due ? CircuitState.HALF_OPEN : phase.side().state();
        openRemainingMillis = phase.isOff() || due ? 0 : phase.remainingMillis(nanos);
        admitted = phase.isOff() || override.mode() == BreakerMode.OBSERVING ? 1 : phase.share(nanos);
        admission = admission(phase, nanos);
        window = phase instanceof Closed closed ? closed.policy().counts() : OutcomeCounts.NONE;
        Trials trials = trials(phase);
        trialsInFlight = trials == null ? 0 : trials.inFlight();
        trialSuccesses = trials == null ? 0 : trials.successes();
        Places places = phase instanceof Closed closed ? closed.permit().places() : null;
        waitingCalls = places == null ? 0 : places.waiting();
        longestWaitMillis = places == null ? 0 : Math.max(0, nanos - places.waitingSince(nanos)) / 1_000_000;
        oldestCallMillis = oldestMillis(permits, phase, nanos);
        overdueCalls = overdueCalls(permits, phase, nanos);
        LastFailure failure = permits.lastFailure();
        lastFailure = failure == null ? null : failure.what();
        lastFailureTime = failure == null ? null : Instant.ofEpochMilli(failure.atMillis());
        // completed calls are read before admitted ones, so that the number in flight is never negative
        BreakerTotals totals = permits.totals;
        BreakerTotals.Rare rare = totals.rareSoFar();
        slowSuccesses = rare.slowSuccesses.sum();
        successes = totals.successes.sum() + slowSuccesses;
        failures = totals.failures.sum();
        ignored = rare.ignored.sum();
        callsInFlight = totals.admitted.sum() - successes - failures - ignored;
        slowFailures = rare.slowFailures.sum();
        rejectedByReason = rare.rejectedByReason();
        fallbacks = rare.fallbacks.sum();
        observedRejected = rare.observedRejected.sum();
        lateOutcomes = rare.late.sum();
        // last, as it reads this snapshot
        rehearsal = context.rehearsal() == null ? null : context.rehearsal().snapshot(this);
    }

    private String admission(Phase phase, long nanos) {
        if (override.mode() == BreakerMode.OBSERVING && !phase.isOff()) {
            return "admits all calls, as it observes";
        }
        return phase.isOff() ? "admits all calls, as it is off" : phase.admission(nanos);
    }

    private static Trials trials(Phase phase) {
        return phase instanceof TrialPhase trying ? trying.trials() : null;
    }

    private static int overdueCalls(PermitContext permits, Phase phase, long nanos) {
        long slow = phase.context().settings().slowCallMillis() * 1_000_000;
        InFlightTracker tracker = permits.tracker();
        if (slow == 0) {
            return 0;
        }
        Trials trials = trials(phase);
        return (tracker == null ? 0 : tracker.hung(nanos)) + (trials == null ? 0 : trials.overdue(nanos, slow));
    }

    private static long oldestMillis(PermitContext permits, Phase phase, long nanos) {
        if (phase.context().settings().slowCallMillis() == 0) {
            return -1;
        }
        InFlightTracker tracker = permits.tracker();
        long oldestCall = tracker == null ? 0 : tracker.oldestNanos(nanos);
        Trials trials = trials(phase);
        long oldestTrial = trials == null ? 0 : trials.oldestNanos(nanos);
        return Math.max(oldestCall, oldestTrial) / 1_000_000;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CircuitState state() {
        return state;
    }

    @Override
    public Instant stateSince() {
        return context.since();
    }

    @Override
    public Instant notClosedSince() {
        return context.summary().notClosedSince();
    }

    @Override
    public long openRemainingMillis() {
        return openRemainingMillis;
    }

    @Override
    public double admittedPercent() {
        return 100 * admitted;
    }

    @Override
    public String admission() {
        return admission;
    }

    @Override
    public BreakerMode mode() {
        return override.mode();
    }

    @Override
    public String modeReason() {
        return override.reason();
    }

    @Override
    public Instant modeUntil() {
        return override.until();
    }

    @Override
    public BreakerSettings settings() {
        return context.settings();
    }

    @Override
    public int consecutiveFailures() {
        return window.consecutiveFailures();
    }

    @Override
    public int windowOutcomes() {
        return window.outcomes();
    }

    @Override
    public int windowFailures() {
        return window.failures();
    }

    @Override
    public int windowSlowCalls() {
        return window.slow();
    }

    @Override
    public long callsInFlight() {
        return callsInFlight;
    }

    @Override
    public int waitingCalls() {
        return waitingCalls;
    }

    @Override
    public long longestWaitMillis() {
        return longestWaitMillis;
    }

    @Override
    public long oldestCallMillis() {
        return oldestCallMillis;
    }

    @Override
    public int overdueCalls() {
        return overdueCalls;
    }

    @Override
    public int trialsInFlight() {
        return trialsInFlight;
    }

    @Override
    public int trialSuccesses() {
        return trialSuccesses;
    }

    @Override
    public long successes() {
        return successes;
    }

    @Override
    public long failures() {
        return failures;
    }

    @Override
    public long slowSuccesses() {
        return slowSuccesses;
    }

    @Override
    public long slowFailures() {
        return slowFailures;
    }

    @Override
    public long ignored() {
        return ignored;
    }

    @Override
    public Map<RejectionReason, Long> rejectedByReason() {
        return rejectedByReason;
    }

    @Override
    public long fallbacks() {
        return fallbacks;
    }

    @Override
    public long opened() {
        return context.summary().opened();
    }

    @Override
    public long trips() {
        return context.summary().trips();
    }

    @Override
    public long observedRejected() {
        return observedRejected;
    }

    @Override
    public long observedOpened() {
        return context.summary().observedOpened();
    }

    @Override
    public Map<CircuitState, Long> transitionsTo() {
        return context.summary().to();
    }

    @Override
    public long lateOutcomes() {
        return lateOutcomes;
    }

    @Override
    public String lastFailure() {
        return lastFailure;
    }

    @Override
    public Instant lastFailureTime() {
        return lastFailureTime;
    }

    @Override
    public String lastTrip() {
        return context.summary().lastTrip();
    }

    @Override
    public RehearsalSnapshot rehearsal() {
        return rehearsal;
    }

    @Override
    public Map<Setting, String> changedBy() {
        return context.history().changedBy();
    }

    @Override
    public String lastChange() {
        return context.lastChange();
    }

    @Override
    public String toString() {
        return name + " " + state + " " + override.mode() + ", calls " + calls() + ", failures " + failures;
    }
}
