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
 * @param opened how many transitions opened the breaker by its own judgement
 * @param observedOpened how many would have, were it not merely observing
 * @param reopened how many opened it again since it was last closed
 * @param lastTrip why it last opened from closed by its own judgement, or {@code null}
 * @param lastChange when, what and by whom was last changed, or {@code null}
 * @param news the transition that led here, or {@code null}
 */
record Terms(
        long number,
        Settings settings,
        Changes<Settings> changes,
        Control control,
        Instant since,
        long opened,
        long observedOpened,
        int reopened,
        String lastTrip,
        String lastChange,
        Announcement news) {

    static Terms initial(Settings settings, Instant now) {
        return new Terms(0, settings, Changes.none(), Control.AUTOMATIC, now, 0, 0, 0, null, null, null);
    }

    /** After the settings changed. */
    Terms tuned(Settings newSettings, Changes<Settings> newChanges) {
        return new Terms(
                number + 1,
                newSettings,
                newChanges,
                control,
                since,
                opened,
                observedOpened,
                reopened,
                lastTrip,
                lastChange,
                news);
    }

    /** After a transition. */
    Terms next(Control newControl, Instant now) {
        return after(newControl, now, opened, observedOpened, reopened, lastTrip);
    }

    /** With the openings in a row forgotten. */
    Terms closed() {
        return new Terms(
                number, settings, changes, control, since, opened, observedOpened, 0, lastTrip, lastChange, news);
    }

    /** With a note of what led here. */
    Terms noting(String change) {
        return new Terms(
                number, settings, changes, control, since, opened, observedOpened, reopened, lastTrip, change, news);
    }

    /** With the transition that leads here. */
    Terms with(Announcement announcement) {
        return new Terms(
                number,
                settings,
                changes,
                control,
                since,
                opened,
                observedOpened,
                reopened,
                lastTrip,
                lastChange,
                announcement);
    }

    /** After the breaker opened by its own judgement. */
    Terms tripped(Control newControl, Instant now, String why) {
        return opened(newControl, now, 0, why);
    }

    /** After a trial opened it again. Why it opened at first stays known. */
    Terms reopened(Control newControl, Instant now) {
        return opened(newControl, now, reopened + 1, lastTrip);
    }

    private Terms opened(Control newControl, Instant now, int newReopened, String why) {
        long observed = newControl.mode() == Mode.OBSERVING ? 1 : 0;
        return after(newControl, now, opened + 1 - observed, observedOpened + observed, newReopened, why);
    }

    private Terms after(
            Control newControl, Instant now, long newOpened, long newObserved, int newReopened, String newLastTrip) {
        return new Terms(
                number + 1,
                settings,
                changes,
                newControl,
                now,
                newOpened,
                newObserved,
                newReopened,
                newLastTrip,
                lastChange,
                news);
    }
}
