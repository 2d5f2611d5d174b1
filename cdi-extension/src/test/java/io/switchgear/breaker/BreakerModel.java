// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.CallTimer;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.PriorCalls;
import io.switchgear.status.RejectionReason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A simple, slow specification of a breaker for one thread: outcomes are in lists, and everything is calculated from
 * them each time. Times are nanoseconds since the breaker was created.
 */
final class BreakerModel {
    static final long MILLI = 1_000_000;
    private static final String CODE = "code";
    private static final int STEPS = 32;
    private static final int BUCKETS_PER_LIMIT = 16;

    record InForce(BreakerMode mode, String reason, Instant until, long untilNanos) {}

    record Reported(
            long number,
            CircuitState from,
            CircuitState to,
            BreakerMode fromMode,
            BreakerMode mode,
            BreakerSettings settings,
            Instant since,
            String by,
            PriorCalls priorCalls) {}

    record Past(BreakerSettings settings, Map<Setting, String> changedBy) {}

    record Outcome(boolean failed, boolean slow, long at) {}

    record Rejection(CircuitState state, long openRemainingMillis, String lastFailure) {}

    /** A time in which calls are watched for being slow under one limit. */
    private static final class Watching {
        final long limit;
        final long width;
        long nextLook;

        Watching(long limit, long now) {
            this.limit = limit;
            this.width = Math.max(limit / BUCKETS_PER_LIMIT, MILLI);
            this.nextLook = now + limit;
        }
    }

    /** A call that is running. At most one of epoch and trials is there; neither means it decides nothing. */
    static final class Call {
        final long started;
        boolean hasPlace;
        final Object epoch;
        final Watching watching;
        final List<Call> trials;
        final boolean timed;
        // of a share: the round in which it was admitted, and whether it was judged while it runs
        int round;
        boolean judged;

        private Call(
                long started, boolean hasPlace, Object epoch, Watching watching, List<Call> trials, boolean timed) {
            this.started = started;
            this.hasPlace = hasPlace;
            this.epoch = epoch;
            this.watching = watching;
            this.trials = trials;
            this.timed = timed;
        }
    }

    /** A call that passed while the breaker was off. */
    private static final Call UNSEEN = new Call(0, false, null, null, null, false);

    private static final InForce AUTOMATIC = new InForce(BreakerMode.AUTOMATIC, "", null, 0);

    private final Instant start;
    private long now;
    private final BreakerSettings configured;
    private BreakerSettings settings;
    private Map<Setting, String> changedBy = Map.of();
    private final List<Past> past = new ArrayList<>();
    private String lastChange;
    private BreakerMode reportedMode = BreakerMode.AUTOMATIC;
    private CircuitState reportedState = CircuitState.CLOSED;

    private CircuitState state = CircuitState.CLOSED;
    private InForce override = AUTOMATIC;
    private Instant since;
    private long openedAt;
    private int reopened;

    // closed
    private Object epoch;
    private Watching watching;
    private List<Outcome> outcomes;
    private int consecutiveFailures;
    private long windowOrigin;
    private long goodAtClosing;
    private long badAtClosing;

    // half-open
    private List<Call> trials = new ArrayList<>();
    private int successfulTrials;
    private int failedTrials;
    // half-open with a share; null otherwise
    private ShareModel share;
    private Long shareRampFrom;

    // open with trials
    private long trickleFrom;
    private int failedInARow;

    // closed after trials; the calls are those that the ramp has judged
    private Long rampFrom;
    private int rampCalls;

    private final List<Call> running = new ArrayList<>();
    private long successes;
    private long failures;
    private long slowSuccesses;
    private long slowFailures;
    private long ignored;
    private final Map<RejectionReason, Long> rejections = zeros(RejectionReason.values());
    private final Map<CircuitState, Long> arrivals = zeros(CircuitState.values());
    private Instant notClosedSince;
    private long opened;
    private long trips;
    private long observedRejected;
    private long observedOpened;
    private long lateOutcomes;
    private String lastFailure;
    private Instant lastFailureTime;
    final List<Reported> reported = new ArrayList<>();
    /** How long calls took whose time was taken. */
    final List<Long> times = new ArrayList<>();

    BreakerModel(BreakerSettings settings, Instant start) {
        this.configured = settings;
        this.settings = settings;
        this.start = start;
        this.since = start;
        beginClosed();
    }

    private static <K> Map<K, Long> zeros(K[] keys) {
        return Arrays.stream(keys).collect(Collectors.toMap(key -> key, key -> 0L));
    }

    private Instant wall() {
        return start.plusNanos(now);
    }

    void advanceMillis(long millis) {
        now += millis * MILLI;
    }

    // ---- mode

    private boolean overrideIsOver() {
        return override.until != null && now >= override.untilNanos;
    }

    private InForce override() {
        return overrideIsOver() ? AUTOMATIC : override;
    }

    private BreakerMode mode() {
        return override().mode;
    }

    private boolean wasForcedOpen() {
        return state == CircuitState.OPEN && override.mode == BreakerMode.FORCED_OPEN;
    }

    void setMode(BreakerMode mode, Duration time, String reason) {
        InForce wanted = time == null
                ? new InForce(mode, reason, null, 0)
                : new InForce(mode, reason, wall().plus(time), now + time.toNanos());
        if (wanted.equals(override())) {
            return;
        }
        boolean endsForcedOpen = wasForcedOpen();
        override = wanted;
        switch (mode) {
            case FORCED_OPEN -> beginOpen();
            case FORCED_CLOSED -> {
                if (state != CircuitState.CLOSED) {
                    beginClosed();
                }
            }
            case AUTOMATIC, OBSERVING -> {
                if (endsForcedOpen) {
                    beginHalfOpen();
                }
            }
        }
        note(
                "mode " + mode + (time == null ? "" : " until " + wanted.until.truncatedTo(ChronoUnit.SECONDS))
                        + (reason.isEmpty() ? "" : ": " + reason),
                CODE);
        transition(CODE);
    }

    void reset() {
        override = override();
        if (override.mode == BreakerMode.FORCED_OPEN || override.mode == BreakerMode.FORCED_CLOSED) {
            override = AUTOMATIC;
        }
        running.forEach(call -> call.hasPlace = false);
        beginClosed();
        note("reset", CODE);
        transition(CODE);
    }

    void halfOpenNow() {
        if (state == CircuitState.OPEN && !wasForcedOpen()) {
            override = override();
            beginHalfOpen();
            note("half-open ahead of time", CODE);
            transition(CODE);
        }
    }

    // ---- transitions

    private void transition() {
        transition("");
    }

    private void transition(String by) {
        transition(by, null);
    }

    private void transition(String by, PriorCalls priorCalls) {
        Instant before = since;
        since = wall();
        report(before, by, priorCalls);
    }

    private void report(Instant before, String by, PriorCalls priorCalls) {
        CircuitState from = reportedState;
        CircuitState to = settings.enabled() ? state : CircuitState.CLOSED;
        reported.add(new Reported(
                reported.size() + 1, from, to, reportedMode, override.mode, settings, before, by, priorCalls));
        reportedMode = override.mode;
        reportedState = to;
        if (from != to) {
            arrivals.merge(to, 1L, Long::sum);
        }
        if (to == CircuitState.CLOSED) {
            notClosedSince = null;
        } else if (from == CircuitState.CLOSED) {
            notClosedSince = since;
        }
    }

    private boolean timing() {
        return settings.callTimer() == CallTimer.ON;
    }

    private void note(String what, String by) {
        lastChange = wall().truncatedTo(ChronoUnit.SECONDS) + " " + what + ", by " + by;
    }

    private boolean adaptive() {
        return settings.tripOn() == TripOn.ADAPTIVE;
    }

    private boolean trickles() {
        return state == CircuitState.OPEN && adaptive() && override.mode != BreakerMode.FORCED_OPEN;
    }

    private boolean shares() {
        return state == CircuitState.HALF_OPEN && adaptive();
    }

    private double ramp(Long from) {
        return from == null || now - from >= settings.rampUpMillis() * MILLI
                ? 1
                : Math.max(.1, (now - from) / (settings.rampUpMillis() * 1_000_000.0));
    }

    private void beginTrials() {
        trials = new ArrayList<>();
        successfulTrials = 0;
        failedTrials = 0;
        failedInARow = 0;
    }

    private void beginClosed() {
        rampFrom = null;
        state = CircuitState.CLOSED;
        epoch = new Object();
        watch();
        outcomes = new ArrayList<>();
        consecutiveFailures = 0;
        reopened = 0;
        windowOrigin = now;
        goodAtClosing = good();
        badAtClosing = bad();
    }

    private long good() {
        return successes - slowSuccesses;
    }

    private long bad() {
        return failures + slowSuccesses;
    }

    private PriorCalls priorCalls() {
        long good = good() - goodAtClosing;
        long calls = good + bad() - badAtClosing - consecutiveFailures;
        return settings.tripOn() != TripOn.CONSECUTIVE_FAILURES || calls == 0 ? null : new PriorCalls(calls, good);
    }

    private void watch() {
        watching = settings.slowCallMillis() == 0 ? null : new Watching(settings.slowCallMillis() * MILLI, now);
    }

    private void beginOpen() {
        state = CircuitState.OPEN;
        openedAt = now;
        beginTrials();
        trickleFrom = now;
    }

    private void beginHalfOpen() {
        state = CircuitState.HALF_OPEN;
        beginTrials();
        share = new ShareModel(now);
        shareRampFrom = now;
    }

    private void trip(int openings) {
        trip(openings, 0);
    }

    private void trip(int openings, int hanging) {
        PriorCalls prior = state == CircuitState.CLOSED ? priorCalls() : null;
        boolean inPart = state == CircuitState.CLOSED && adaptive() && outcomes.size() > windowFailures();
        int failed = windowFailures() + hanging;
        int ended = outcomes.size() + hanging;
        override = override();
        if (override.mode == BreakerMode.OBSERVING) {
            observedOpened++;
        } else {
            opened++;
            trips += openings == 0 ? 1 : 0;
        }
        reopened = openings;
        if (inPart) {
            beginHalfOpen();
            share = new ShareModel(failed, ended, settings, now);
            shareRampFrom = null;
        } else {
            beginOpen();
        }
        transition("", prior);
    }

    // ---- time in OPEN

    private long openLeft() {
        if (wasForcedOpen()) {
            return override.until == null ? Long.MAX_VALUE : override.untilNanos - now;
        }
        if (trickles()) {
            return successfulTrials > 0 ? 0 : trickleFrom + waiting(settings.trialIntervalMillis(), failedInARow) - now;
        }
        return openedAt + waiting(settings.openMillis(), reopened) - now;
    }

    private long waiting(long first, int failed) {
        double millis = (double) first;
        if (settings.openBackoffFactor() > 1) {
            millis = Math.min(millis * Math.pow(settings.openBackoffFactor(), failed), (double)
                    Math.max(first, settings.openMaxMillis()));
        }
        return (long) (millis * MILLI);
    }

    private boolean due() {
        return state == CircuitState.OPEN && !trickles() && openLeft() <= 0;
    }

    private long openLeftMillis() {
        if (state != CircuitState.OPEN || due() || !settings.enabled()) {
            return 0;
        }
        return openLeft() == Long.MAX_VALUE ? -1 : Math.max(0, -Math.floorDiv(-openLeft(), MILLI));
    }

    // ---- calls

    /**
     * Starts a call. Returns it or a {@link Rejection}.
     *
     * @param trippedMeanwhile whether the breaker opened itself during this call. The time at which it detects a
     *     hanging call is known to within a bucket only, so either may be right
     */
    Object start(boolean trippedMeanwhile) {
        if (!settings.enabled() && !trippedMeanwhile) {
            return UNSEEN;
        }
        if (overrideIsOver() && !wasForcedOpen()) {
            override = AUTOMATIC;
            transition();
        }
        if (state == CircuitState.CLOSED) {
            lookForHangingCalls(trippedMeanwhile);
        } else if (trippedMeanwhile && !shares()) {
            throw new AssertionError("tripped while " + state);
        }
        lookAtShare();
        if (due()) {
            override = override();
            beginHalfOpen();
            transition();
        }
        if (state == CircuitState.OPEN && !trickles()) {
            return rejected();
        }
        if (state == CircuitState.CLOSED && !rampAdmits()) {
            return rejected(RejectionReason.SHARE_TAKEN);
        }
        if (state == CircuitState.CLOSED) {
            boolean limited = settings.maxConcurrentCalls() > 0;
            long taken = running.stream().filter(c -> c.hasPlace).count();
            boolean placeLeft =
                    !limited || taken < settings.maxConcurrentCalls() || mode() == BreakerMode.FORCED_CLOSED;
            return placeLeft ? running(new Call(now, limited, epoch, watching, null, timing())) : rejected();
        }
        trials.removeIf(this::timedOut);
        if (shares()) {
            boolean full = settings.maxConcurrentCalls() > 0 && trials.size() >= settings.maxConcurrentCalls();
            if (full || !share.admits(ramp(shareRampFrom), settings)) {
                return rejected();
            }
        } else if (trials.size() >= settings.halfOpenMaxCalls() || (trickles() && openLeft() > 0)) {
            return rejected();
        }
        if (trickles()) {
            trickleFrom = now;
        }
        Call trial = new Call(now, false, null, null, trials, false);
        trial.round = shares() ? share.round() : 0;
        trials.add(trial);
        return running(trial);
    }

    private Call running(Call call) {
        running.add(call);
        return call;
    }

    private boolean rampAdmits() {
        if (rampFrom == null || settings.rampUpMillis() == 0 || mode() == BreakerMode.FORCED_CLOSED) {
            return true;
        }
        double part = ramp(rampFrom);
        if (part >= 1) {
            rampFrom = null;
            return true;
        }
        return rampCalls++ * (Math.sqrt(5) - 1) / 2 % 1 < part;
    }

    /** Judges the calls of a share that have run for too long, and its round if that is complete. */
    private void lookAtShare() {
        if (!shares()) {
            return;
        }
        for (Call call : trials) {
            boolean tooSlow = settings.slowCallMillis() > 0 && now - call.started > settings.slowCallMillis() * MILLI;
            if (!call.judged && (tooSlow || timedOut(call))) {
                call.judged = true;
                share.record(call.round, true);
            }
        }
        trials.removeIf(this::timedOut);
        judgeShare();
    }

    private void judgeShare() {
        share.judge(now, ramp(shareRampFrom), settings).ifPresent(closes -> {
            if (closes) {
                override = override();
                beginClosed();
                transition();
            } else {
                trip(reopened + 1);
            }
        });
    }

    private Object rejected() {
        return rejected(
                switch (state) {
                    case OPEN -> wasForcedOpen() ? RejectionReason.FORCED_OPEN : RejectionReason.OPEN;
                    case HALF_OPEN -> shares() ? RejectionReason.SHARE_TAKEN : RejectionReason.TRIALS_TAKEN;
                    case CLOSED -> RejectionReason.TOO_MANY_CALLS;
                });
    }

    private Object rejected(RejectionReason reason) {
        if (mode() == BreakerMode.OBSERVING) {
            observedRejected++;
            return running(new Call(now, false, null, null, null, timing()));
        }
        rejections.merge(reason, 1L, Long::sum);
        return new Rejection(state, openLeftMillis(), lastFailure);
    }

    /** Looks at the breaker; {@code tripped} as in {@link #start}. */
    void look(boolean tripped) {
        if (state == CircuitState.CLOSED) {
            lookForHangingCalls(tripped);
        } else if (shares() && settings.enabled()) {
            lookAtShare();
        } else if (tripped) {
            throw new AssertionError("tripped while " + state);
        }
    }

    private void lookForHangingCalls(boolean tripped) {
        boolean may = false;
        boolean must = false;
        if (watching != null && now >= watching.nextLook) {
            while (watching.nextLook <= now) {
                watching.nextLook += watching.width;
            }
            if (mode() != BreakerMode.FORCED_CLOSED) {
                int most = hanging(watching.limit);
                must = most > 0;
                for (int seen = hanging(watching.limit + watching.width); seen <= most; seen++) {
                    boolean opens = seen > 0 && opens(seen);
                    may |= opens;
                    must &= opens;
                }
            }
        }
        if (tripped ? !may : must) {
            throw new AssertionError("for hanging calls it " + (tripped ? "tripped" : "did not trip"));
        }
        if (tripped) {
            trip(0, hanging(watching.limit));
        }
    }

    private int hanging(long moreThan) {
        return (int) running.stream()
                .filter(call -> call.watching == watching && now - call.started > moreThan)
                .count();
    }

    void ignored(Call call) {
        if (call == UNSEEN) {
            return;
        }
        running.remove(call);
        time(call);
        ignored++;
        if (call.trials != null && call.trials.remove(call) && call.trials == trials && shares() && !call.judged) {
            share.release(call.round);
        }
    }

    private void time(Call call) {
        if (call.trials == null ? call.timed : timing()) {
            times.add(now - call.started);
        }
    }

    void ended(Call call, String failure) {
        if (call == UNSEEN) {
            return;
        }
        running.remove(call);
        time(call);
        boolean failed = failure != null;
        if (failed) {
            failures++;
            lastFailure = failure;
            lastFailureTime = wall();
        } else {
            successes++;
        }
        boolean slow = slow(call);
        if (slow && failed) {
            slowFailures++;
        } else if (slow) {
            slowSuccesses++;
        }
        if (call.epoch != null) {
            if (state == CircuitState.CLOSED && call.epoch == epoch) {
                judge(failed, slow);
            } else {
                lateOutcomes++;
            }
        } else if (call.trials != null) {
            boolean present = call.trials.remove(call);
            boolean inTime = present && !timedOut(call);
            if (present && !inTime && call.trials == trials && shares() && !call.judged) {
                share.record(call.round, true);
            }
            boolean current = inTime && state != CircuitState.CLOSED && call.trials == trials;
            if (current && shares() && (call.judged || !share.record(call.round, failed || slow))) {
                lateOutcomes++;
            } else if (current) {
                judgeTrial(failed || slow);
            } else {
                lateOutcomes++;
            }
        }
    }

    private boolean timedOut(Call trial) {
        return now - trial.started >= settings.trialTimeoutMillis() * MILLI;
    }

    private boolean slow(Call call) {
        if (call.trials != null) {
            return settings.slowCallMillis() > 0 && now - call.started > settings.slowCallMillis() * MILLI;
        }
        return call.watching != null && now - call.started > call.watching.limit;
    }

    private void judgeTrial(boolean bad) {
        successfulTrials += bad ? 0 : 1;
        failedTrials += bad ? 1 : 0;
        if (shares()) {
            judgeShare();
            return;
        }
        boolean failed = failedTrials > settings.maxTrialFailures();
        if (failed && trickles()) {
            successfulTrials = 0;
            failedTrials = 0;
            failedInARow++;
            trickleFrom = now;
        }
        if (failed && !trickles()) {
            trip(reopened + 1);
        } else if (successfulTrials >= settings.successThreshold()) {
            override = override();
            if (trickles()) {
                beginHalfOpen();
            } else {
                beginClosed();
                rampFrom = now;
                rampCalls = 0;
            }
            transition();
        }
    }

    // ---- policies

    private void judge(boolean failed, boolean slow) {
        note(failed, slow);
        // a success is no reason to open for consecutive failures, but it may complete the minimum of a window
        boolean may = settings.tripOn() != TripOn.ADAPTIVE || failed || slow;
        if (may && mode() != BreakerMode.FORCED_CLOSED && opens(0)) {
            trip(0);
        }
    }

    private void note(boolean failed, boolean slow) {
        boolean slowFails = settings.tripOn() == TripOn.CONSECUTIVE_FAILURES || adaptive();
        boolean bad = failed || (slow && slowFails);
        consecutiveFailures = bad ? consecutiveFailures + 1 : 0;
        if (adaptive()) {
            // a run begins with a failure and ends at the threshold
            outcomes.add(new Outcome(bad, false, now));
            if (!bad && 100.0 * windowFailures() <= settings.failureRateThresholdPercent() * outcomes.size() + 1e-9) {
                outcomes.clear();
            }
        } else if (settings.tripOn() != TripOn.CONSECUTIVE_FAILURES) {
            outcomes.add(new Outcome(failed, slow, stepBeginning()));
            forgetOld();
        }
    }

    private long width() {
        return settings.windowMillis() * MILLI / STEPS;
    }

    private long step(long at) {
        return Math.floorDiv(at - windowOrigin, width());
    }

    private long stepBeginning() {
        return windowOrigin + step(now) * width();
    }

    private void forgetOld() {
        switch (settings.tripOn()) {
            case CONSECUTIVE_FAILURES -> outcomes.clear();
            case ADAPTIVE -> {}
            case CALL_WINDOW -> {
                while (outcomes.size() > settings.windowCalls()) {
                    outcomes.remove(0);
                }
            }
            case TIME_WINDOW -> outcomes.removeIf(outcome -> step(outcome.at) < Math.max(0, step(now) - STEPS + 1));
        }
    }

    private int windowFailures() {
        return (int) outcomes.stream().filter(Outcome::failed).count();
    }

    private int windowSlow() {
        return (int) outcomes.stream().filter(Outcome::slow).count();
    }

    private int consecutiveFailures() {
        if (settings.tripOn() != TripOn.CALL_WINDOW) {
            return consecutiveFailures;
        }
        int count = 0;
        while (count < outcomes.size() && outcomes.get(outcomes.size() - 1 - count).failed) {
            count++;
        }
        return count;
    }

    private boolean opens(int hanging) {
        if (settings.tripOn() == TripOn.CONSECUTIVE_FAILURES) {
            return consecutiveFailures + hanging >= settings.failureThreshold();
        }
        forgetOld();
        if (adaptive()) {
            int excess = windowFailures() + hanging - settings.minimumCalls();
            int rest = outcomes.size() + hanging - settings.minimumCalls();
            return excess >= 0 && 100.0 * excess >= settings.failureRateThresholdPercent() * rest - 1e-9;
        }
        int all = outcomes.size() + hanging;
        return all >= settings.minimumCalls()
                && (reaches(windowFailures(), all, settings.failureRateThresholdPercent())
                        || (settings.slowCallMillis() > 0
                                && reaches(windowSlow() + hanging, all, settings.slowCallRateThresholdPercent())));
    }

    private static boolean reaches(int part, int all, double percent) {
        return part > 0 && 100.0 * part / all >= percent - 1e-9;
    }

    // ---- settings

    void update(BreakerSettings changed, String by) {
        if (changed.equals(settings)) {
            return;
        }
        past.add(new Past(settings, changedBy));
        if (past.size() > 20) {
            past.remove(0);
        }
        Map<Setting, String> operators = new HashMap<>(changedBy);
        for (Setting setting : Setting.of(TunableKind.BREAKER)) {
            if (!changed.get(setting).equals(settings.get(setting))) {
                operators.put(setting, by);
            }
            if (changed.get(setting).equals(configured.get(setting))) {
                operators.remove(setting);
            }
        }
        changed(changed, operators, by);
    }

    void revert(String by) {
        update(configured, by);
    }

    /** Returns whether there was a change to undo. */
    boolean undo(String by) {
        if (past.isEmpty()) {
            return false;
        }
        Past last = past.remove(past.size() - 1);
        changed(last.settings, last.changedBy, by);
        return true;
    }

    private void changed(BreakerSettings changed, Map<Setting, String> operators, String by) {
        List<String> what = new ArrayList<>();
        for (Setting setting : Setting.of(TunableKind.BREAKER)) {
            if (!changed.get(setting).equals(settings.get(setting))) {
                what.add(setting.attributeName() + " from " + settings.get(setting) + " to " + changed.get(setting));
            }
        }
        note(String.join(", ", what), by);
        changedBy = operators;
        boolean switched = changed.enabled() != settings.enabled();
        boolean otherTrials = (changed.tripOn() == TripOn.ADAPTIVE) != adaptive();
        apply(changed);
        if (switched) {
            switched();
        }
        if (state == CircuitState.HALF_OPEN && (switched || otherTrials)) {
            beginHalfOpen();
        } else if (state == CircuitState.OPEN && (switched || otherTrials)) {
            beginTrials();
            trickleFrom = openedAt;
        }
        Instant before = since;
        since = switched ? wall() : since;
        report(before, by, null);
    }

    /** Lets no call that was admitted before decide anything. */
    private void switched() {
        if (state == CircuitState.CLOSED) {
            epoch = new Object();
            watch();
        }
    }

    private void apply(BreakerSettings changed) {
        BreakerSettings before = settings;
        if (state != CircuitState.CLOSED) {
            settings = changed;
            return;
        }
        forgetOld();
        int known = consecutiveFailures();
        settings = changed;
        if (changed.slowCallMillis() != before.slowCallMillis()) {
            watch();
        }
        if (changed.tripOn() != before.tripOn()) {
            startFrom(before.tripOn(), known);
        } else if (changed.tripOn() == TripOn.TIME_WINDOW && changed.windowMillis() != before.windowMillis()) {
            windowOrigin = now - STEPS * width();
            outcomes.replaceAll(old -> new Outcome(old.failed, old.slow, windowOrigin + step(old.at) * width()));
        }
        forgetOld();
    }

    /**
     * Takes over outcomes after a change of {@code tripOn}: as many as fit, in the same proportion, with the failures
     * since the last success at the end.
     */
    private void startFrom(TripOn before, int consecutive) {
        boolean counted = before == TripOn.CONSECUTIVE_FAILURES;
        boolean withSlow = settings.tripOn() != TripOn.ADAPTIVE && before != TripOn.ADAPTIVE;
        int all = counted ? consecutive : outcomes.size();
        int failed = counted ? consecutive : windowFailures();
        int slow = counted || !withSlow ? 0 : windowSlow();
        int count = settings.tripOn() == TripOn.CALL_WINDOW ? Math.min(all, settings.windowCalls()) : all;
        int trailing = Math.min(consecutive, count);
        int olderFailures = all == 0 ? 0 : Math.max(failed * count / all - trailing, 0);
        int slowOnes = all == 0 ? 0 : slow * count / all;
        outcomes.clear();
        windowOrigin = now;
        for (int i = 0; i < count; i++) {
            outcomes.add(new Outcome(i < olderFailures || i >= count - trailing, i < slowOnes, now));
        }
        consecutiveFailures = consecutive;
    }

    // ---- what can be seen

    /**
     * Returns the values of a snapshot by the names of its methods.
     *
     * @param seen what the breaker shows; its sentence and the inexact age of its oldest call are taken over
     */
    Map<String, Object> snapshot(BreakerSnapshot seen) {
        boolean closed = state == CircuitState.CLOSED;
        if (closed) {
            forgetOld();
        }
        InForce shown = override();
        int failedOnes = closed ? windowFailures() : 0;
        int slowOnes = closed ? windowSlow() : 0;
        int all = closed ? outcomes.size() : 0;
        long rejected = rejections.values().stream().mapToLong(each -> each).sum();
        Map<String, Object> shows = new TreeMap<>();
        shows.put("name", "test");
        shows.put("state", !settings.enabled() ? CircuitState.CLOSED : due() ? CircuitState.HALF_OPEN : state);
        shows.put("stateSince", since);
        shows.put("notClosedSince", notClosedSince);
        shows.put("openRemainingMillis", openLeftMillis());
        shows.put("admittedPercent", 100 * admitted());
        shows.put("admission", seen.admission());
        shows.put("mode", shown.mode);
        shows.put("modeReason", shown.reason);
        shows.put("modeUntil", shown.until);
        shows.put("settings", settings);
        shows.put("consecutiveFailures", closed ? consecutiveFailures() : 0);
        shows.put("windowOutcomes", all);
        shows.put("windowFailures", failedOnes);
        shows.put("windowSlowCalls", slowOnes);
        shows.put("failureRatePercent", ratePercent(failedOnes, all));
        shows.put("slowCallRatePercent", ratePercent(slowOnes, all));
        shows.put("callsInFlight", (long) running.size());
        shows.put("waitingCalls", 0);
        shows.put("longestWaitMillis", 0L);
        shows.put("oldestCallMillis", oldestMillis(seen.oldestCallMillis()));
        shows.put("overdueCalls", overdueCalls(seen.overdueCalls()));
        shows.put("trialsInFlight", trying() ? trials.size() : 0);
        shows.put("trialSuccesses", trying() ? successfulTrials : 0);
        shows.put("successes", successes);
        shows.put("failures", failures);
        shows.put("slowSuccesses", slowSuccesses);
        shows.put("slowFailures", slowFailures);
        shows.put("slowCalls", slowSuccesses + slowFailures);
        shows.put("ignored", ignored);
        shows.put("rejectedByReason", Map.copyOf(rejections));
        shows.put("rejected", rejected);
        shows.put("calls", successes + failures + ignored + rejected);
        shows.put("fallbacks", 0L);
        shows.put("opened", opened);
        shows.put("trips", trips);
        shows.put("observedRejected", observedRejected);
        shows.put("observedOpened", observedOpened);
        shows.put("transitionsTo", Map.copyOf(arrivals));
        shows.put("lateOutcomes", lateOutcomes);
        shows.put("lastFailure", lastFailure);
        shows.put("lastFailureTime", lastFailureTime);
        shows.put("lastTrip", opened + observedOpened == 0 ? null : seen.lastTrip());
        shows.put("changedBy", changedBy);
        shows.put("lastChange", lastChange);
        shows.put("rehearsal", null);
        return shows;
    }

    private boolean trying() {
        return state == CircuitState.HALF_OPEN || trickles();
    }

    private double admitted() {
        if (!settings.enabled() || mode() == BreakerMode.OBSERVING) {
            return 1;
        }
        return switch (state) {
            case CLOSED -> mode() == BreakerMode.FORCED_CLOSED ? 1 : ramp(rampFrom);
            case HALF_OPEN -> adaptive() ? share.share(ramp(shareRampFrom)) : 0;
            case OPEN -> 0;
        };
    }

    private double ratePercent(int part, int all) {
        return all == 0 || all < settings.minimumCalls() ? Double.NaN : 100.0 * part / all;
    }

    private int overdueCalls(int seen) {
        if (settings.slowCallMillis() == 0) {
            return 0;
        }
        long slow = settings.slowCallMillis() * MILLI;
        int tried = !trying()
                ? 0
                : (int) trials.stream()
                        .filter(trial -> now - trial.started > slow)
                        .count();
        int least = tried + (watching == null ? 0 : hanging(watching.limit + watching.width));
        int most = tried + (watching == null ? 0 : hanging(watching.limit));
        return seen >= least && seen <= most ? seen : least;
    }

    private long oldestMillis(long seen) {
        if (settings.slowCallMillis() == 0) {
            return -1;
        }
        long tried = trying() && !trials.isEmpty() ? now - trials.get(0).started : 0;
        List<Call> watched = running.stream()
                .filter(call -> watching != null && call.watching == watching)
                .toList();
        if (watched.isEmpty()) {
            return tried / MILLI;
        }
        long age = now - watched.get(0).started;
        boolean ancient = age > (2 * BUCKETS_PER_LIMIT - 1) * watching.width;
        long least = Math.max(age, tried) / MILLI;
        long most = Math.max(age + watching.width, tried) / MILLI;
        return seen >= least && (ancient || seen <= most) ? seen : least;
    }
}
