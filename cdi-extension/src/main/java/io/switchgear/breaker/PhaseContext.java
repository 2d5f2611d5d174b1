package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import java.time.Instant;

/**
 * What every phase has.
 *
 * @param number the number of transitions that led here
 * @param history how the settings came to be as they are
 * @param since when state or mode last changed
 * @param summary what remains known of the transitions so far
 * @param lastChange when, what and by whom was last changed, or {@code null}
 * @param latest the transition that led here, or {@code null}
 */
record PhaseContext(
        long number,
        BreakerSettings settings,
        SettingsHistory<BreakerSettings> history,
        ModeOverride override,
        Instant since,
        TransitionSummary summary,
        String lastChange,
        TransitionNode latest) {

    static PhaseContext initial(BreakerSettings settings, Instant now) {
        return new PhaseContext(
                0, settings, SettingsHistory.none(), ModeOverride.AUTOMATIC, now, TransitionSummary.NONE, null, null);
    }

    /** Returns the context after the settings changed. */
    PhaseContext tuned(BreakerSettings newSettings, SettingsHistory<BreakerSettings> newHistory) {
        return new PhaseContext(number + 1, newSettings, newHistory, override, since, summary, lastChange, latest);
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
        return new PhaseContext(number + 1, settings, history, newOverride, now, newSummary, lastChange, latest);
    }

    /** Returns this without the openings in a row. */
    PhaseContext closed() {
        return new PhaseContext(number, settings, history, override, since, summary.closed(), lastChange, latest);
    }

    /** Returns this with another {@link #lastChange}. */
    PhaseContext withLastChange(String change) {
        return new PhaseContext(number, settings, history, override, since, summary, change, latest);
    }

    /** Returns this with the transition that leads here. */
    PhaseContext with(TransitionNode node) {
        return new PhaseContext(
                number, settings, history, override, since, summary.and(node.transition), lastChange, node);
    }
}
