// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.message.Text;
import io.switchgear.settings.TripOn;
import io.switchgear.status.PriorCalls;
import io.switchgear.window.AdmittedShare;
import io.switchgear.window.OutcomeCounts;
import java.util.Locale;

/**
 * What opens a closed breaker.
 *
 * @param why the cause in a sentence
 * @param priorCalls the calls before failures in a row; {@code null} if there were none, or with another policy
 * @param share the share of the calls that is admitted from then on; {@code null} if the breaker opens as a whole
 */
record Trip(String why, PriorCalls priorCalls, AdmittedShare share) {
    /**
     * Judges the outcomes that a policy holds.
     *
     * @param hung hanging calls that the policy counted
     * @param lastFailure what the last outcome was, if it was a failure; {@code null} otherwise
     */
    static Trip of(Closed closed, int hung, String lastFailure, PermitContext permits) {
        PhaseContext context = closed.context();
        OutcomeCounts counts = closed.policy().counts();
        PriorCalls prior = priorCalls(context, counts, hung, permits.totals);
        AdmittedShare share = share(context, counts, hung, permits.nanos());
        String why = counts.reason(context.settings(), hung)
                + (prior == null ? "" : ", after " + described(prior))
                + (share == null ? "" : ", so it admits " + Text.percent(share.share(1)))
                + (lastFailure == null ? "" : ", the last with " + lastFailure);
        return new Trip(why, prior, share);
    }

    private static PriorCalls priorCalls(PhaseContext context, OutcomeCounts counts, int hung, BreakerTotals totals) {
        if (context.settings().tripOn() != TripOn.CONSECUTIVE_FAILURES) {
            return null;
        }
        // as many were in a row when it was decided; a success may have come since
        int inARow = Math.max(counts.consecutiveFailures(), context.settings().failureThreshold() - hung);
        return totals.ended().since(context.summary().atClosing(), inARow);
    }

    private static String described(PriorCalls prior) {
        if (prior.succeeded() == prior.calls()) {
            return prior.calls() == 1 ? "1 call that succeeded" : counted(prior) + " that all succeeded";
        }
        return counted(prior) + " of which " + Text.percent((double) prior.succeeded() / prior.calls()) + " succeeded";
    }

    private static String counted(PriorCalls prior) {
        return String.format(Locale.ROOT, prior.calls() == 1 ? "%,d call" : "%,d calls", prior.calls());
    }

    private static AdmittedShare share(PhaseContext context, OutcomeCounts counts, int hung, long nanos) {
        return context.isAdaptive() && counts.outcomes() > counts.failures()
                ? new AdmittedShare(counts, hung, context.settings(), nanos)
                : null;
    }
}
