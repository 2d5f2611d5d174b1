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

/** The table of a breaker's attributes. */
final class BreakerAttributes {
    private BreakerAttributes() {}

    /** In the order in which they are announced. */
    static Stream<MBeanAttribute<BreakerView>> all() {
        return Stream.of(
                        state(),
                        TunableAttributes.<BreakerView>settings(TunableKind.BREAKER),
                        measured(),
                        counted(),
                        history(),
                        TunableAttributes.<BreakerView>origin())
                .flatMap(part -> part);
    }

    private static Stream<MBeanAttribute<BreakerView>> state() {
        return Stream.of(
                reading(
                        "State",
                        String.class,
                        "What a call would meet now: CLOSED, HALF_OPEN or OPEN",
                        v -> v.snapshot().state().name()),
                gauge(
                        "StateCode",
                        int.class,
                        "",
                        "The state as a number: 0 closed, 1 half-open, 2 open",
                        v -> v.snapshot().state().code()),
                reading(
                        "StateSince",
                        Date.class,
                        "When the state or the mode last changed; a failed trial opens anew",
                        v -> date(v.snapshot().stateSince())),
                reading(
                        "NotClosedSince",
                        Date.class,
                        "When the breaker last left CLOSED; empty while it is CLOSED",
                        v -> date(v.snapshot().notClosedSince())),
                gauge(
                        "OpenRemainingMillis",
                        long.class,
                        "milliseconds",
                        "How long calls are still rejected; 0 unless OPEN, -1 if forced open without an end",
                        v -> v.snapshot().openRemainingMillis()),
                reading(
                        "LastTrip",
                        String.class,
                        "Why the breaker last opened from CLOSED by its own judgement; trials leave it",
                        v -> text(v.snapshot().lastTrip())),
                choice(
                        BreakerResource.MODE,
                        Arrays.stream(BreakerMode.values())
                                .map(BreakerMode::name)
                                .toList(),
                        BreakerMode.AUTOMATIC.name(),
                        "The operator's override; the operations set it with a reason",
                        v -> v.snapshot().mode().name()),
                reading(
                        "ModeReason",
                        String.class,
                        "The reason given for the mode",
                        v -> v.snapshot().modeReason()),
                reading(
                        "ModeUntil",
                        Date.class,
                        "When the mode ends by itself; empty if it does not",
                        v -> date(v.snapshot().modeUntil())));
    }

    private static Stream<MBeanAttribute<BreakerView>> measured() {
        return Stream.of(
                gauge(
                        "FailureRatePercent",
                        double.class,
                        "percent",
                        "Failures in the window; NaN until it holds MinimumCalls outcomes, and without a window",
                        v -> v.snapshot().failureRatePercent()),
                gauge(
                        "SlowCallRatePercent",
                        double.class,
                        "percent",
                        "Slow calls in the window; NaN like FailureRatePercent",
                        v -> v.snapshot().slowCallRatePercent()),
                gauge(
                        "ConsecutiveFailures",
                        int.class,
                        "failures",
                        "Failures since the last success while CLOSED",
                        v -> v.snapshot().consecutiveFailures()),
                gauge(
                        "WindowOutcomes",
                        int.class,
                        "calls",
                        "Outcomes in the window; 0 unless CLOSED, and with TripOn CONSECUTIVE_FAILURES",
                        v -> v.snapshot().windowOutcomes()),
                gauge(
                        "WindowFailures",
                        int.class,
                        "calls",
                        "Failures in the window; 0 like WindowOutcomes",
                        v -> v.snapshot().windowFailures()),
                gauge(
                        "WindowSlowCalls",
                        int.class,
                        "calls",
                        "Slow calls in the window",
                        v -> v.snapshot().windowSlowCalls()),
                gauge(
                        "CallsInFlight",
                        long.class,
                        "calls",
                        "Calls admitted and not yet over",
                        v -> v.snapshot().callsInFlight()),
                gauge(
                        "OldestCallMillis",
                        long.class,
                        "milliseconds",
                        "Age of the oldest call in flight; 0 if there is none, -1 while SlowCallMillis is 0",
                        v -> v.snapshot().oldestCallMillis()),
                gauge(
                        "TrialsInFlight",
                        int.class,
                        "calls",
                        "Trials that hold a permit while HALF_OPEN",
                        v -> v.snapshot().trialsInFlight()));
    }

    private static Stream<MBeanAttribute<BreakerView>> counted() {
        return Stream.of(
                counter(
                        "CallsTotal",
                        "calls",
                        "Calls that are over or were rejected: successes, failures, ignored and rejected",
                        v -> v.total(BreakerSnapshot::calls)),
                counter("SuccessesTotal", "calls", "Calls that succeeded", v -> v.total(BreakerSnapshot::successes)),
                counter("FailuresTotal", "calls", "Calls that failed", v -> v.total(BreakerSnapshot::failures)),
                counter(
                        "SlowCallsTotal",
                        "calls",
                        "Calls of both kinds that took more than SlowCallMillis",
                        v -> v.total(BreakerSnapshot::slowCalls)),
                counter(
                        "IgnoredTotal",
                        "calls",
                        "Calls that counted as neither success nor failure",
                        v -> v.total(BreakerSnapshot::ignored)),
                counter(
                        "RejectedTotal",
                        "calls",
                        "Calls that were not let through",
                        v -> v.total(BreakerSnapshot::rejected)),
                reading(
                        "RejectedReasons",
                        String.class,
                        "RejectedTotal by reason: OPEN, FORCED_OPEN, TRIALS_TAKEN or TOO_MANY_CALLS",
                        BreakerAttributes::rejections),
                counter(
                        "FallbacksTotal",
                        "calls",
                        "Failed or rejected calls that a fallback stood in for",
                        v -> v.total(BreakerSnapshot::fallbacks)),
                counter(
                        "OpenedTotal",
                        "times",
                        "How often the breaker opened by its own judgement, again after a failed trial included",
                        v -> v.total(BreakerSnapshot::opened)),
                counter(
                        "ObservedRejectedTotal",
                        "calls",
                        "Calls that would have been rejected while the mode was OBSERVING",
                        v -> v.total(BreakerSnapshot::observedRejected)),
                counter(
                        "ObservedOpenedTotal",
                        "times",
                        "How often the breaker would have opened while the mode was OBSERVING",
                        v -> v.total(BreakerSnapshot::observedOpened)),
                counter(
                        "LateOutcomesTotal",
                        "calls",
                        "Outcomes that came after their period or trial was over and decided nothing",
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
                        "Classes that count as a failure; fixed at deployment",
                        v -> Tables.names(v.failureRule().failOn())),
                reading(
                        "SkipOn",
                        String.class,
                        "Classes that count as neither; wins over FailOn",
                        v -> Tables.names(v.failureRule().skipOn())),
                reading(
                        "FailWhen",
                        String.class,
                        "Class that tells results that are failures; fixed at deployment",
                        v -> v.failureRule().failWhen() == null
                                ? ""
                                : v.failureRule().failWhen().getClass().getName()),
                reading(
                        "LastFailure",
                        String.class,
                        "Class of the last failure; empty before the first",
                        v -> text(v.snapshot().lastFailure())),
                reading(
                        "LastFailureTime",
                        Date.class,
                        "When the last failure was",
                        v -> date(v.snapshot().lastFailureTime())),
                reading(
                        "Transitions",
                        String[].class,
                        "The last 50 changes of state, mode or settings, newest first",
                        v -> v.transitions().stream()
                                .map(TransitionHistory::line)
                                .toArray(String[]::new)),
                reading(
                        "TransitionTable",
                        TabularData.class,
                        "The same for programs",
                        v -> Tables.transitions(v.transitions())));
    }
}
