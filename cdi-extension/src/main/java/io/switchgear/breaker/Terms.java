package io.switchgear.breaker;

import io.switchgear.Mode;
import io.switchgear.Settings;
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
record Terms(
        long number,
        Settings settings,
        Changes<Settings> changes,
        Control control,
        Instant since,
        Past past,
        String lastChange,
        Announcement news) {

    static Terms initial(Settings settings, Instant now) {
        return new Terms(0, settings, Changes.none(), Control.AUTOMATIC, now, Past.NONE, null, null);
    }

    /** After the settings changed. */
    Terms tuned(Settings newSettings, Changes<Settings> newChanges) {
        return new Terms(number + 1, newSettings, newChanges, control, since, past, lastChange, news);
    }

    /** After a transition. */
    Terms next(Control newControl, Instant now) {
        return after(newControl, now, past);
    }

    /** With the openings in a row forgotten. */
    Terms closed() {
        return new Terms(number, settings, changes, control, since, past.closed(), lastChange, news);
    }

    /** With a note of what led here. */
    Terms noting(String change) {
        return new Terms(number, settings, changes, control, since, past, change, news);
    }

    /** With the transition that leads here. */
    Terms with(Announcement announcement) {
        return new Terms(
                number, settings, changes, control, since, past.and(announcement.transition), lastChange, announcement);
    }

    /** After the breaker opened by its own judgement. */
    Terms tripped(Control newControl, Instant now, String why) {
        return after(newControl, now, past.tripped(newControl.mode() == Mode.OBSERVING, why));
    }

    /** After a trial opened it again. */
    Terms reopened(Control newControl, Instant now) {
        return after(newControl, now, past.reopened(newControl.mode() == Mode.OBSERVING));
    }

    private Terms after(Control newControl, Instant now, Past newPast) {
        return new Terms(number + 1, settings, changes, newControl, now, newPast, lastChange, news);
    }
}
