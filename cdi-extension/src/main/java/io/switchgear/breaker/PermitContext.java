// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.message.LogLimit;
import io.switchgear.message.Message;
import io.switchgear.place.Places;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.time.Ticker;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** The state that all permits of one breaker share: rule, clocks, totals, last failure, places and timer. */
final class PermitContext {
    final BreakerTotals totals = new BreakerTotals();
    final RepeatedOutcomes outcomes = new RepeatedOutcomes();
    private final String name;
    private final FailureRule failureRule;
    private final Ticker ticker;
    private final InstantSource clock;
    private final OutcomeHandler handler;
    // null until concurrent calls are limited
    private volatile Places places;
    private volatile LastFailure lastFailure;
    private volatile InFlightTracker tracker;
    // receives the durations of timed calls; null without a timer
    private volatile LongConsumer timer;
    // creates what callers get instead of a rejection; null for the rejection itself
    private volatile Function<? super CircuitOpenException, ? extends RuntimeException> thrownInstead;
    // created on first use, as most breakers never have any
    private LogLimit problems;

    PermitContext(String name, FailureRule failureRule, Ticker ticker, InstantSource clock, OutcomeHandler handler) {
        this.name = name;
        this.failureRule = failureRule;
        this.ticker = ticker;
        this.clock = clock;
        this.handler = handler;
    }

    String name() {
        return name;
    }

    FailureRule failureRule() {
        return failureRule;
    }

    Ticker ticker() {
        return ticker;
    }

    long nanos() {
        return ticker.nanos();
    }

    InstantSource clock() {
        return clock;
    }

    OutcomeHandler handler() {
        return handler;
    }

    // ---- the last failure

    LastFailure lastFailure() {
        return lastFailure;
    }

    /** Returns what a failure was: the class of its exception; that of the last failure if it was a result. */
    String what(Throwable thrown) {
        return thrown == null ? lastFailure.what() : thrown.getClass().getName();
    }

    /** Returns whether {@code thrown} is certainly a failure like the last one; if so, updates the time of that. */
    boolean failsAgain(Throwable thrown) {
        LastFailure last = lastFailure;
        if (last == null || !last.isAgain(thrown)) {
            return false;
        }
        last.again(clock.millis());
        return true;
    }

    /** @param thrown the class whose exceptions are failures if they have no cause; {@code null} if none is known */
    void recordFailure(String what, Class<?> thrown) {
        LastFailure last = lastFailure;
        if (last != null && last.what().equals(what)) {
            last.again(clock.millis());
        } else {
            // a rejection is judged by its breaker too, not by its class alone
            boolean judgedByClass = thrown != null && !CircuitOpenException.class.isAssignableFrom(thrown);
            lastFailure = new LastFailure(what, judgedByClass ? thrown : null, clock.millis());
        }
    }

    /** Makes the last failure of another breaker that of this one. */
    void lastFailureOf(PermitContext other) {
        lastFailure = other.lastFailure;
    }

    /**
     * Returns whether an exception is a rejection by this breaker itself: that of a call within another one.
     *
     * @param searchesCauses whether its causes count too
     */
    boolean isOwnRejection(Throwable thrown, boolean searchesCauses) {
        return searchesCauses ? Causes.contain(thrown, this::isOwnRejection) : isOwnRejection(thrown);
    }

    private boolean isOwnRejection(Throwable thrown) {
        Throwable rejection = thrownInstead == null || thrown instanceof CircuitOpenException ? thrown : cause(thrown);
        return rejection instanceof CircuitOpenException own && own.name().equals(name);
    }

    private static Throwable cause(Throwable thrown) {
        try {
            return thrown == null ? null : thrown.getCause();
        } catch (RuntimeException | Error broken) {
            // an exception of the application whose getCause() throws must not break the call
            return null;
        }
    }

    /** Sets the exceptions that callers get instead of rejections; {@code null} for the rejections themselves. */
    void thrownInstead(Function<? super CircuitOpenException, ? extends RuntimeException> exceptions) {
        thrownInstead = exceptions;
    }

    /** Returns the exception for the caller of a rejected call. */
    RuntimeException thrownFor(CircuitOpenException rejection) {
        Function<? super CircuitOpenException, ? extends RuntimeException> exceptions = thrownInstead;
        return exceptions == null ? rejection : exceptions.apply(rejection);
    }

    /** Logs that the predicate of the rule threw. */
    void predicateFailed(Throwable thrown) {
        problems()
                .log(
                        thrown,
                        Message.PREDICATE_FAILED,
                        name,
                        failureRule.failWhen().getClass().getName(),
                        "the call counts as neither success nor failure");
    }

    /** Logs that the observer of rejections threw. */
    void recordingFailed(Throwable thrown) {
        problems().log(thrown, Message.RECORDING_FAILED, name);
    }

    private synchronized LogLimit problems() {
        if (problems == null) {
            problems = new LogLimit();
        }
        return problems;
    }

    // ---- concurrent calls

    /** Returns the places for concurrent calls; creates them on first use. */
    Places places() {
        Places present = places;
        return present == null ? createdPlaces() : present;
    }

    private synchronized Places createdPlaces() {
        if (places == null) {
            places = new Places(handler::limitOf);
        }
        return places;
    }

    /** Lets permits that are created from now on begin with no place taken. */
    synchronized void renewPlaces() {
        places = null;
    }

    // ---- how long calls take

    /** Creates a tracker for these settings; {@code null} if they track no calls. */
    InFlightTracker track(BreakerSettings settings) {
        long slow = settings.slowCallMillis() * 1_000_000;
        return slow == 0 ? null : new InFlightTracker(slow, ticker.nanos());
    }

    /** Returns the tracker of the latest calls, for display; {@code null} if they are not tracked. */
    InFlightTracker tracker() {
        return tracker;
    }

    void tracker(InFlightTracker latest) {
        tracker = latest;
    }

    /** Sets the consumer of the durations of timed calls; {@code null} for none. */
    void timer(LongConsumer nanos) {
        timer = nanos;
    }

    void timed(long nanos) {
        LongConsumer present = timer;
        if (present == null) {
            return;
        }
        try {
            present.accept(nanos);
        } catch (RuntimeException | Error broken) {
            // a timer that throws must neither fail a call nor lose its outcome
            timer = null;
            Message.TIMER_FAILED.log(broken, name);
        }
    }
}
