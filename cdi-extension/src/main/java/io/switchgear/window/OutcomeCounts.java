// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;

/**
 * The outcomes that a policy holds, as numbers.
 *
 * @param consecutiveFailures failures since the last success
 * @param outcomes outcomes in the window; 0 without one
 * @param failures failures among them
 * @param slow slow calls among them, failed or not
 */
public record OutcomeCounts(int consecutiveFailures, int outcomes, int failures, int slow) {
    /** No outcomes. */
    public static final OutcomeCounts NONE = new OutcomeCounts(0, 0, 0, 0);

    private static final long MICROS = 1_000_000;

    /** Returns whether a window with these numbers opens the breaker. */
    static boolean opens(BreakerSettings settings, int outcomes, int failures, int slow) {
        return outcomes >= settings.minimumCalls()
                && (reaches(failures, outcomes, settings.failureRateThresholdPercent())
                        || (settings.slowCallMillis() > 0
                                && reaches(slow, outcomes, settings.slowCallRateThresholdPercent())));
    }

    /**
     * Compares in whole millionths of a percent, so that 55 of 100 calls are exactly 55 percent and 33.3 is not
     * 33.299...
     */
    private static boolean reaches(int part, int outcomes, double percent) {
        return part > 0 && part * (100 * MICROS) >= Math.round(percent * MICROS) * outcomes;
    }

    /** Returns whether the failure rate is above the threshold. */
    static boolean exceeds(BreakerSettings settings, int failures, int outcomes) {
        return compare(settings, failures, outcomes) > 0;
    }

    /** Returns whether the failure rate is below the threshold. */
    static boolean isBelow(BreakerSettings settings, int failures, int outcomes) {
        return compare(settings, failures, outcomes) < 0;
    }

    private static int compare(BreakerSettings settings, int failures, int outcomes) {
        return Long.compare(
                failures * (100 * MICROS), Math.round(settings.failureRateThresholdPercent() * MICROS) * outcomes);
    }

    /**
     * Returns why the breaker opens, as in {@code 5 consecutive failures (threshold 5)}.
     *
     * @param hung calls in flight that are already slow
     */
    public String reason(BreakerSettings settings, int hung) {
        return switch (settings.tripOn()) {
            case CONSECUTIVE_FAILURES -> consecutive(settings, hung);
            case CALL_WINDOW, TIME_WINDOW -> windowed(settings, hung);
            case ADAPTIVE -> adaptive(settings, hung);
        };
    }

    private String adaptive(BreakerSettings settings, int hung) {
        // so many failed when it was decided; a success may have ended the run since
        int failed = Math.max(failures + hung, settings.minimumCalls());
        int calls = Math.max(outcomes + hung, failed);
        String what = settings.slowCallMillis() > 0
                ? (failed == 1 ? " failure or slow call" : " failures or slow calls")
                : (failed == 1 ? " failure" : " failures");
        return failed + what + running(hung) + " in the last " + (calls == 1 ? "call" : calls + " calls")
                + " (threshold " + settings.failureRateThresholdPercent() + " %)";
    }

    private String consecutive(BreakerSettings settings, int hung) {
        // the threshold was reached when it was decided; a success may have come since
        int count = Math.max(consecutiveFailures + hung, settings.failureThreshold());
        boolean slowToo = settings.slowCallMillis() > 0;
        String what = count == 1
                ? (slowToo ? "1 failure or slow call" : "1 failure")
                : count + (slowToo ? " consecutive failures or slow calls" : " consecutive failures");
        return what + running(hung) + " (threshold " + settings.failureThreshold() + ")";
    }

    private String windowed(BreakerSettings settings, int hung) {
        int calls = outcomes + hung;
        String span = settings.tripOn() == TripOn.TIME_WINDOW ? " within " + settings.windowMillis() + " ms" : "";
        String failed = failures + (failures == 1 ? " failure" : " failures") + " in the last "
                + (calls == 1 ? "call" : calls + " calls") + span + " (threshold "
                + settings.failureRateThresholdPercent() + " %)";
        return settings.slowCallMillis() == 0
                ? failed
                : failed + ", " + (slow + hung) + running(hung) + " took over " + settings.slowCallMillis()
                        + " ms (threshold " + settings.slowCallRateThresholdPercent() + " %)";
    }

    private static String running(int hung) {
        return hung == 0 ? "" : " (" + hung + " still running)";
    }
}
