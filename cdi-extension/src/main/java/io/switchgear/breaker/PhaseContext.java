package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import java.time.Instant;

/**
 * What every period has.
 *
 * @param number counts the transitions that led here
 * @param changes how the settings came to be as they are
 * @param since when state or mode last changed
 * @param past what became of the breaker so far
 * @param lastChange when, what and by whom was last changed, or {@code null}
 * @param news the transition that led here, or {@code null}
 */
record PhaseContext(
        long number,
        BreakerSettings settings,
        SettingsHistory<BreakerSettings> changes,
        ModeOverride control,
        Instant since,
        TransitionSummary past,
        String lastChange,
        TransitionNode news) {

    static PhaseContext initial(BreakerSettings settings, Instant now) {
        return new PhaseContext(
                0, settings, SettingsHistory.none(), ModeOverride.AUTOMATIC, now, TransitionSummary.NONE, null, null);
    }

    /** After the settings changed. */
    PhaseContext tuned(BreakerSettings newSettings, SettingsHistory<BreakerSettings> newChanges) {
        return new PhaseContext(number + 1, newSettings, newChanges, control, since, past, lastChange, news);
    }

    /** After a transition. */
    PhaseContext next(ModeOverride newControl, Instant now) {
        return after(newControl, now, past);
    }

    /** With the openings in a row forgotten. */
    PhaseContext closed() {
        return new PhaseContext(number, settings, changes, control, since, past.closed(), lastChange, news);
    }

    /** With a note of what led here. */
    PhaseContext noting(String change) {
        return new PhaseContext(number, settings, changes, control, since, past, change, news);
    }

    /** With the transition that leads here. */
    PhaseContext with(TransitionNode announcement) {
        return new PhaseContext(
                number, settings, changes, control, since, past.and(announcement.transition), lastChange, announcement);
    }

    /** After the breaker opened by its own judgement. */
    PhaseContext tripped(ModeOverride newControl, Instant now, String why) {
        return after(newControl, now, past.tripped(newControl.mode() == BreakerMode.OBSERVING, why));
    }

    /** After a trial opened it again. */
    PhaseContext reopened(ModeOverride newControl, Instant now) {
        return after(newControl, now, past.reopened(newControl.mode() == BreakerMode.OBSERVING));
    }

    private PhaseContext after(ModeOverride newControl, Instant now, TransitionSummary newPast) {
        return new PhaseContext(number + 1, settings, changes, newControl, now, newPast, lastChange, news);
    }
}
