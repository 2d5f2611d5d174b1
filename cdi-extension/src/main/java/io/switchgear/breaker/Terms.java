package io.switchgear.breaker;

import io.switchgear.Mode;
import io.switchgear.Settings;
import java.time.Instant;

/**
 * What every period has.
 *
 * @param number counts the transitions that led here
 * @param since when the last of them was
 * @param opened how many of them opened the breaker by its own judgement
 * @param observedOpened how many would have, were it not merely observing
 * @param reopened how many opened it again since it was last closed
 * @param lastTrip why it last opened from closed by its own judgement, or {@code null}
 */
record Terms(
        long number,
        Settings settings,
        Control control,
        Instant since,
        long opened,
        long observedOpened,
        int reopened,
        String lastTrip) {

    static Terms initial(Settings settings, Instant now) {
        return new Terms(0, settings, Control.AUTOMATIC, now, 0, 0, 0, null);
    }

    Terms with(Settings newSettings) {
        return new Terms(number, newSettings, control, since, opened, observedOpened, reopened, lastTrip);
    }

    /** After a transition. */
    Terms next(Control newControl, Instant now) {
        return new Terms(number + 1, settings, newControl, now, opened, observedOpened, reopened, lastTrip);
    }

    /** With the openings in a row forgotten. */
    Terms closed() {
        return new Terms(number, settings, control, since, opened, observedOpened, 0, lastTrip);
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
        return new Terms(
                number + 1,
                settings,
                newControl,
                now,
                opened + 1 - observed,
                observedOpened + observed,
                newReopened,
                why);
    }
}
