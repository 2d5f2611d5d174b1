// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static io.switchgear.jmx.MBeanAttribute.choice;
import static io.switchgear.jmx.MBeanAttribute.counter;
import static io.switchgear.jmx.MBeanAttribute.gauge;
import static io.switchgear.jmx.MBeanAttribute.reading;
import static io.switchgear.jmx.Tables.date;
import static io.switchgear.jmx.Tables.text;

import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.RejectionReason;
import java.util.Arrays;
import java.util.Date;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.openmbean.TabularData;

/** The attributes of a breaker's MBean. */
final class BreakerAttributes {
    private BreakerAttributes() {}

    /** Returns the attributes in the order of the {@code MBeanInfo}. */
    static Stream<MBeanAttribute<BreakerView>> all() {
        return Stream.of(
                        state(),
                        TunableAttributes.<BreakerView>settings(TunableKind.BREAKER),
                        measured(),
                        counted(),
                        history(),
                        RehearsalAttributes.all(),
                        TunableAttributes.<BreakerView>origin())
                .flatMap(part -> part);
    }

    private static Stream<MBeanAttribute<BreakerView>> state() {
        return Stream.of(
                reading(
                        "State",
                        String.class,
                        "State that the next call meets: CLOSED, HALF_OPEN or OPEN; CLOSED while Enabled is false",
                        v -> v.snapshot().state().name()),
                gauge(
                        "StateCode",
                        int.class,
                        "",
                        "State as a number: 0 closed, 1 half-open, 2 open",
                        v -> v.snapshot().state().code()),
                reading(
                        "StateSince",
                        Date.class,
                        "Time of the last change of state, mode or Enabled, or of a reset; a failed trial sets it too",
                        v -> date(v.snapshot().stateSince())),
                reading(
                        "NotClosedSince",
                        Date.class,
                        "Time at which the breaker last left CLOSED; empty while it is CLOSED",
                        v -> date(v.snapshot().notClosedSince())),
                gauge(
                        "OpenRemainingMillis",
                        long.class,
                        "milliseconds",
                        "Time until the next trial; 0 unless OPEN, -1 if forced open without an end",
                        v -> v.snapshot().openRemainingMillis()),
                gauge(
                        "AdmittedPercent",
                        double.class,
                        "percent",
                        "Part of the calls that is admitted: 100 CLOSED, 0 OPEN, a share with ADAPTIVE or RampUpMillis",
                        v -> v.snapshot().admittedPercent()),
                reading(
                        "Admission",
                        String.class,
                        "What is admitted and why, as in: admits 62 %, as 35 of the last 100 calls failed",
                        v -> v.snapshot().admission()),
                reading(
                        "LastTrip",
                        String.class,
                        "Cause of the last opening from CLOSED by the breaker's own decision; trials do not change it",
                        v -> text(v.snapshot().lastTrip())),
                choice(
                        BreakerResource.MODE,
                        Arrays.stream(BreakerMode.values())
                                .map(BreakerMode::name)
                                .toList(),
                        BreakerMode.AUTOMATIC.name(),
                        "The operator's override; the operations also set its reason and its end",
                        v -> v.snapshot().mode().name()),
                reading(
                        "ModeReason",
                        String.class,
                        "Reason given for the mode",
                        v -> v.snapshot().modeReason()),
                reading(
                        "ModeUntil",
                        Date.class,
                        "Time at which the mode ends; empty if it has no end",
                        v -> date(v.snapshot().modeUntil())));
    }

    private static Stream<MBeanAttribute<BreakerView>> measured() {
        return Stream.of(
                gauge(
                        "FailureRatePercent",
                        double.class,
                        "percent",
                        "Failure rate in the window; NaN below MinimumCalls outcomes and without a window",
                        v -> v.snapshot().failureRatePercent()),
                gauge(
                        "SlowCallRatePercent",
                        double.class,
                        "percent",
                        "Rate of slow calls in the window; NaN as for FailureRatePercent",
                        v -> v.snapshot().slowCallRatePercent()),
                gauge(
                        "ConsecutiveFailures",
                        int.class,
                        "failures",
                        "Failures in a row while CLOSED; with TripOn CONSECUTIVE_FAILURES or ADAPTIVE, slow calls too",
                        v -> v.snapshot().consecutiveFailures()),
                gauge(
                        "WindowOutcomes",
                        int.class,
                        "calls",
                        "Outcomes in the window, or since failures exceed the rate with ADAPTIVE; 0 unless CLOSED or without either",
                        v -> v.snapshot().windowOutcomes()),
                gauge(
                        "WindowFailures",
                        int.class,
                        "calls",
                        "Failures in the window; 0 as for WindowOutcomes",
                        v -> v.snapshot().windowFailures()),
                gauge(
                        "WindowSlowCalls",
                        int.class,
                        "calls",
                        "Slow calls in the window, failed or not; 0 as for WindowOutcomes",
                        v -> v.snapshot().windowSlowCalls()),
                gauge(
                        "CallsInFlight",
                        long.class,
                        "calls",
                        "Calls admitted and not yet completed",
                        v -> v.snapshot().callsInFlight()),
                gauge(
                        "WaitingCalls",
                        int.class,
                        "calls",
                        "Calls that wait for a place, as MaxConcurrentCalls are in flight",
                        v -> v.snapshot().waitingCalls()),
                gauge(
                        "LongestWaitMillis",
                        long.class,
                        "milliseconds",
                        "How long the call that has waited longest has been waiting; 0 if no call waits",
                        v -> v.snapshot().longestWaitMillis()),
                gauge(
                        "OldestCallMillis",
                        long.class,
                        "milliseconds",
                        "Age of the oldest call in flight; 0 if there is none, -1 while SlowCallMillis is 0",
                        v -> v.snapshot().oldestCallMillis()),
                gauge(
                        "OverdueCalls",
                        int.class,
                        "calls",
                        "Calls in flight for longer than SlowCallMillis; 0 while that is 0",
                        v -> v.snapshot().overdueCalls()),
                gauge(
                        "TrialsInFlight",
                        int.class,
                        "calls",
                        "Trials that hold a permit; with ADAPTIVE, calls of the share too",
                        v -> v.snapshot().trialsInFlight()),
                gauge(
                        "TrialSuccesses",
                        int.class,
                        "trials",
                        "Trials that have succeeded so far in this state; SuccessThreshold of them end it, but for the share of ADAPTIVE",
                        v -> v.snapshot().trialSuccesses()));
    }

    private static Stream<MBeanAttribute<BreakerView>> counted() {
        return Stream.of(
                counter(
                        "CallsTotal",
                        "calls",
                        "Calls completed or rejected: successes, failures, ignored and rejected calls",
                        v -> v.total(BreakerSnapshot::calls)),
                counter("SuccessesTotal", "calls", "Calls that succeeded", v -> v.total(BreakerSnapshot::successes)),
                counter("FailuresTotal", "calls", "Calls that failed", v -> v.total(BreakerSnapshot::failures)),
                counter(
                        "SlowCallsTotal",
                        "calls",
                        "Calls, failed or not, that took more than SlowCallMillis",
                        v -> v.total(BreakerSnapshot::slowCalls)),
                counter(
                        "IgnoredTotal",
                        "calls",
                        "Calls that counted as neither success nor failure",
                        v -> v.total(BreakerSnapshot::ignored)),
                counter("RejectedTotal", "calls", "Calls that were rejected", v -> v.total(BreakerSnapshot::rejected)),
                reading(
                        "RejectedReasons",
                        String.class,
                        "RejectedTotal by reason: OPEN, FORCED_OPEN, TRIALS_TAKEN, SHARE_TAKEN or TOO_MANY_CALLS",
                        BreakerAttributes::rejections),
                counter(
                        "FallbacksTotal",
                        "calls",
                        "Failed or rejected calls whose caller got the value of a fallback",
                        v -> v.total(BreakerSnapshot::fallbacks)),
                counter(
                        "OpenedTotal",
                        "times",
                        "Openings by the breaker's own decision, including those in part and those after failed trials",
                        v -> v.total(BreakerSnapshot::opened)),
                counter(
                        "TripsTotal",
                        "times",
                        "Openings from CLOSED by the breaker's own decision: the number of outages",
                        v -> v.total(BreakerSnapshot::trips)),
                counter(
                        "ObservedRejectedTotal",
                        "calls",
                        "Calls that would have been rejected while the mode was OBSERVING",
                        v -> v.total(BreakerSnapshot::observedRejected)),
                counter(
                        "ObservedOpenedTotal",
                        "times",
                        "Times that the breaker would have opened while the mode was OBSERVING",
                        v -> v.total(BreakerSnapshot::observedOpened)),
                counter(
                        "LateOutcomesTotal",
                        "calls",
                        "Outcomes that decided nothing: the state had changed, or the trial had timed out, before they came",
                        v -> v.total(BreakerSnapshot::lateOutcomes)));
    }

    private static String rejections(BreakerView view) {
        return Arrays.stream(RejectionReason.values())
                .filter(reason -> rejections(view, reason) > 0)
                .map(reason -> reason + " " + rejections(view, reason))
                .collect(Collectors.joining(", "));
    }

    private static long rejections(BreakerView view, RejectionReason reason) {
        return view.total(snapshot -> snapshot.rejectedByReason().get(reason));
    }

    private static Stream<MBeanAttribute<BreakerView>> history() {
        return Stream.of(
                reading(
                        "FailOn",
                        String.class,
                        "Exceptions that count as failures, with subclasses, except those that say nothing of the service"
                                + " unless named; fixed at deployment",
                        v -> Tables.names(v.failureRule().failOn())),
                reading(
                        "SkipOn",
                        String.class,
                        "Exceptions that count as neither success nor failure; overrides FailOn",
                        v -> Tables.names(v.failureRule().skipOn())),
                reading(
                        "FailWhen",
                        String.class,
                        "Class of the predicate for results that count as failures; fixed at deployment",
                        v -> v.failureRule().failWhen() == null
                                ? ""
                                : v.failureRule().failWhen().getClass().getName()),
                reading(
                        "LastFailure",
                        String.class,
                        "Class of the last failure, or the predicate that refused its result; empty before the first",
                        v -> text(v.snapshot().lastFailure())),
                reading(
                        "LastFailureTime",
                        Date.class,
                        "Time of the last failure; empty before the first",
                        v -> date(v.snapshot().lastFailureTime())),
                reading(
                        "Transitions",
                        String[].class,
                        "The last 50 changes of state, mode or settings, newest first; of more, failed trials are removed first",
                        v -> v.transitions().stream()
                                .map(TransitionHistory::line)
                                .toArray(String[]::new)),
                reading(
                        "TransitionTable",
                        TabularData.class,
                        "The changes in Transitions as a table, for programs",
                        v -> Tables.transitions(v.transitions())));
    }
}
