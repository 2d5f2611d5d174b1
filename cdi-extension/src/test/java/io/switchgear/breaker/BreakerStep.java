// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.fuzz.FuzzInput;
import io.switchgear.settings.CallTimer;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One thing that happens to a breaker, and how it is read from bytes. Any bytes are steps. */
sealed interface BreakerStep {
    int MAX_STEPS = 800;
    /** The bytes that a step takes at most. */
    int MAX_BYTES = 5;

    /** The settings of what a model on one thread cannot follow: chance, and calls that wait on their threads. */
    Set<Setting> NOT_CHANGED =
            EnumSet.of(Setting.OPEN_JITTER_PERCENT, Setting.MAX_WAITING_CALLS, Setting.MAX_WAIT_MILLIS);

    record Begin() implements BreakerStep {}

    /**
     * The end of a call.
     *
     * @param which index of the call, modulo the number of running calls
     */
    record End(int which, Result result) implements BreakerStep {}

    enum Result {
        SUCCESS,
        FAILURE,
        IGNORED
    }

    record Wait(int millis) implements BreakerStep {}

    record Operate(BreakerMode mode, int millis, String reason) implements BreakerStep {}

    record HalfOpenNow() implements BreakerStep {}

    record Reset() implements BreakerStep {}

    record Tune(Setting setting, Object value, String by) implements BreakerStep {}

    record Undo() implements BreakerStep {}

    record Revert() implements BreakerStep {}

    /** A step, and where in the bytes it was read from: up to {@code to}, exclusively. */
    record Read(BreakerStep step, int from, int to) {}

    /**
     * Returns the steps in these bytes, at most {@link #MAX_STEPS}.
     *
     * @param slowCalls whether the limit of slow calls is one of the settings that change
     */
    static List<Read> read(byte[] bytes, boolean slowCalls) {
        List<Read> steps = new ArrayList<>();
        FuzzInput input = new FuzzInput(bytes);
        while (!input.isEmpty() && steps.size() < MAX_STEPS) {
            int from = input.position();
            BreakerStep step = read(input, slowCalls);
            steps.add(new Read(step, from, input.position()));
        }
        return steps;
    }

    private static BreakerStep read(FuzzInput input, boolean slowCalls) {
        return switch (input.weighted(40, 36, 12, 6, 2, 2, 1, 5, 1)) {
            case 0 -> new Begin();
            case 1 -> end(input);
            case 2 -> new Wait(input.next(13));
            case 3 -> new Wait(input.next(121));
            case 4 -> new Wait(input.wide(1_201));
            case 5 -> operate(input);
            case 6 -> input.of(new HalfOpenNow(), new Reset());
            case 7 -> tune(input, slowCalls);
            default -> input.of(new Undo(), new Undo(), new Undo(), new Revert());
        };
    }

    private static End end(FuzzInput input) {
        Result result = List.of(Result.values()).get(input.weighted(5, 4, 1));
        return new End(input.next(21), result);
    }

    private static Operate operate(FuzzInput input) {
        BreakerMode mode = switch (input.weighted(4, 1, 1, 1)) {
            case 0 -> BreakerMode.AUTOMATIC;
            case 1 -> BreakerMode.FORCED_OPEN;
            case 2 -> BreakerMode.FORCED_CLOSED;
            default -> BreakerMode.OBSERVING;
        };
        return new Operate(mode, mode == BreakerMode.AUTOMATIC ? 0 : input.next(101), input.of("", "why"));
    }

    private static Tune tune(FuzzInput input, boolean slowCalls) {
        Setting setting = input.of(Setting.of(TunableKind.BREAKER).stream()
                .filter(each -> !NOT_CHANGED.contains(each))
                .filter(each -> slowCalls || each != Setting.SLOW_CALL_MILLIS)
                .toList());
        return new Tune(setting, value(setting, input), input.of("alice", "bob"));
    }

    private static Object value(Setting setting, FuzzInput input) {
        return switch (setting) {
            case ENABLED -> input.of(true, true, false);
            case CALL_TIMER -> input.of(CallTimer.values()).name();
            case TRIP_ON -> input.of(TripOn.values()).name();
            case FAILURE_THRESHOLD, MINIMUM_CALLS -> 1 + input.next(6);
            case WINDOW_CALLS -> 1 + input.next(12);
            case WINDOW_MILLIS -> 100 + input.wide(301);
            case FAILURE_RATE_THRESHOLD_PERCENT, SLOW_CALL_RATE_THRESHOLD_PERCENT ->
                input.of(0.5, 20.0, 33.3, 50.0, 75.0, 100.0);
            case SLOW_CALL_MILLIS -> input.of(0, 1, 5, 17, 20, 50);
            case OPEN_MILLIS, OPEN_MAX_MILLIS -> input.of(0, 1, 10, 60, 300);
            case OPEN_BACKOFF_FACTOR -> input.of(1.0, 1.5, 2.0, 10.0);
            case SUCCESS_THRESHOLD, HALF_OPEN_MAX_CALLS -> 1 + input.next(4);
            case TRIAL_TIMEOUT_MILLIS -> input.of(1, 10, 50, 1_000);
            case MAX_TRIAL_FAILURES -> input.next(3);
            case TRIAL_INTERVAL_MILLIS, RAMP_UP_MILLIS -> input.of(1, 20, 100, 2_000);
            case MAX_CONCURRENT_CALLS -> input.next(6);
            default -> throw new IllegalArgumentException(setting + " is no setting of a breaker that steps change");
        };
    }
}
