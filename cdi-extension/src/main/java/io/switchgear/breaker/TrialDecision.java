// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

/**
 * The transition that trials lead to.
 *
 * @param why the cause in a few words
 * @param failed whether the service has failed again
 */
record TrialDecision(Phase next, String why, boolean failed) {
    /** Returns the decision that the trials of a phase lead to; {@code null} if they lead to none yet. */
    static TrialDecision of(TrialPhase trying, PermitContext permits) {
        Trials trials = trying.trials();
        PhaseContext context = trying.context();
        long nanos = permits.nanos();
        return switch (trials.verdict(nanos, context.settings())) {
            case UNDECIDED -> null;
            case SUCCEEDED -> {
                PhaseContext next = context.next(
                        context.override().at(nanos), permits.clock().instant());
                yield new TrialDecision(trying.recovered(next, permits), trials.success(), false);
            }
            case FAILED -> {
                PhaseContext next = context.reopened(
                        context.override().at(nanos), permits.clock().instant());
                yield new TrialDecision(Open.begin(next, nanos), trials.failure(), true);
            }
        };
    }
}
