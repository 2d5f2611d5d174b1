// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import java.time.Instant;

/**
 * The data that every phase has.
 *
 * @param number the number of transitions that led here
 * @param history the history of the settings
 * @param since the time of the last change of state or mode
 * @param summary the summary of all transitions so far
 * @param lastChange the last change that was requested, with its time and author; {@code null} if there was none
 * @param latest the transition that led here, or {@code null}
 * @param rehearsal sees the calls too; {@code null} if there is none
 */
record PhaseContext(
        long number,
        BreakerSettings settings,
        SettingsHistory<BreakerSettings> history,
        ModeOverride override,
        Instant since,
        TransitionSummary summary,
        String lastChange,
        TransitionNode latest,
        Rehearsal rehearsal) {

    /** Returns whether the breaker opens in part. */
    boolean isAdaptive() {
        return settings.tripOn() == TripOn.ADAPTIVE;
    }

    /** Returns whether an operator has forced the breaker open. */
    boolean isForcedOpen() {
        return override.mode() == BreakerMode.FORCED_OPEN;
    }

    /** Returns whether trials that began under this context go on under another one. */
    boolean hasTrialsOf(PhaseContext other) {
        return settings.enabled() == other.settings.enabled() && isAdaptive() == other.isAdaptive();
    }

    static PhaseContext initial(BreakerSettings settings, Instant now) {
        return new PhaseContext(
                0,
                settings,
                SettingsHistory.none(settings),
                ModeOverride.AUTOMATIC,
                now,
                TransitionSummary.NONE,
                null,
                null,
                null);
    }

    /** Returns the context after the settings changed. */
    PhaseContext withSettings(BreakerSettings newSettings, SettingsHistory<BreakerSettings> newHistory, Instant now) {
        Instant newSince = newSettings.enabled() == settings.enabled() ? since : now;
        return new PhaseContext(
                number + 1, newSettings, newHistory, override, newSince, summary, lastChange, latest, rehearsal);
    }

    /** Returns this with another history of the same settings. */
    PhaseContext withHistory(SettingsHistory<BreakerSettings> newHistory) {
        return new PhaseContext(number, settings, newHistory, override, since, summary, lastChange, latest, rehearsal);
    }

    /** Returns the context after a transition. */
    PhaseContext next(ModeOverride newOverride, Instant now) {
        return after(newOverride, now, summary);
    }

    /** Returns the context after the breaker opened from closed by its own decision. */
    PhaseContext tripped(ModeOverride newOverride, Instant now, String why) {
        return after(newOverride, now, summary.tripped(newOverride.mode() == BreakerMode.OBSERVING, why));
    }

    /** Returns the context after a trial opened the breaker again. */
    PhaseContext reopened(ModeOverride newOverride, Instant now) {
        return after(newOverride, now, summary.reopened(newOverride.mode() == BreakerMode.OBSERVING));
    }

    private PhaseContext after(ModeOverride newOverride, Instant now, TransitionSummary newSummary) {
        return new PhaseContext(
                number + 1, settings, history, newOverride, now, newSummary, lastChange, latest, rehearsal);
    }

    /**
     * Returns this after the breaker closed, with the openings in a row reset to 0.
     *
     * @param ended the calls that have ended so far
     */
    PhaseContext closed(BreakerTotals.Ended ended) {
        return new PhaseContext(
                number, settings, history, override, since, summary.closed(ended), lastChange, latest, rehearsal);
    }

    /** Returns this with another {@link #lastChange}. */
    PhaseContext withLastChange(String change) {
        return new PhaseContext(number, settings, history, override, since, summary, change, latest, rehearsal);
    }

    /** Returns this with another rehearsal, or none. */
    PhaseContext with(Rehearsal other) {
        return new PhaseContext(number, settings, history, override, since, summary, lastChange, latest, other);
    }

    /** Returns this with the transition that leads here. */
    PhaseContext with(TransitionNode node) {
        return new PhaseContext(
                number, settings, history, override, since, summary.and(node.transition), lastChange, node, rehearsal);
    }
}
