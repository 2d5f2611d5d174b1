package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;

/**
 * What a judge knows.
 *
 * @param consecutiveFailures failures since the last success
 * @param outcomes in the window; 0 without one
 * @param failures among them
 * @param slow among them, failed or not
 */
record OutcomeCounts(int consecutiveFailures, int outcomes, int failures, int slow) {
    static final OutcomeCounts NONE = new OutcomeCounts(0, 0, 0, 0);

    private static final long MICROS = 1_000_000;

    /** Whether these numbers of a window open the breaker. */
    static boolean opens(BreakerSettings settings, int outcomes, int failures, int slow) {
        return outcomes >= settings.minimumCalls()
                && (reaches(failures, outcomes, settings.failureRateThresholdPercent())
                        || (settings.slowCallMillis() > 0
                                && reaches(slow, outcomes, settings.slowCallRateThresholdPercent())));
    }

    /** In whole millionths of a percent, so that 55 of 100 calls are exactly 55 percent and 33.3 is not 33.299... */
    private static boolean reaches(int part, int outcomes, double percent) {
        return part > 0 && part * (100 * MICROS) >= Math.round(percent * MICROS) * outcomes;
    }

    /**
     * Why it is to open, in a few words.
     *
     * @param hung calls in flight that are slow already
     */
    String reason(BreakerSettings settings, int hung) {
        String running = hung == 0 ? "" : " (" + hung + " still running)";
        if (settings.tripOn() == TripOn.CONSECUTIVE_FAILURES) {
            // there were as many when it was decided; a success may have come since
            int count = Math.max(consecutiveFailures + hung, settings.failureThreshold());
            boolean slowToo = settings.slowCallMillis() > 0;
            String what = count == 1
                    ? (slowToo ? "1 failure or slow call" : "1 failure")
                    : count + (slowToo ? " consecutive failures or slow calls" : " consecutive failures");
            return what + running + " (threshold " + settings.failureThreshold() + ")";
        }
        String span = settings.tripOn() == TripOn.TIME_WINDOW ? " within " + settings.windowMillis() + " ms" : "";
        String failed = failures + " failures in the last " + (outcomes + hung) + " calls" + span + " (threshold "
                + settings.failureRateThresholdPercent() + " %)";
        return settings.slowCallMillis() == 0
                ? failed
                : failed + ", " + (slow + hung) + running + " took over " + settings.slowCallMillis()
                        + " ms (threshold " + settings.slowCallRateThresholdPercent() + " %)";
    }
}
