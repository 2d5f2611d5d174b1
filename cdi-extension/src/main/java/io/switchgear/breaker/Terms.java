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
 * @param lastTrip why it last opened by its own judgement, or {@code null}
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

    /** After the breaker opened by its own judgement. */
    Terms tripped(Control newControl, Instant now, boolean again, String why) {
        boolean observing = newControl.mode() == Mode.OBSERVING;
        return new Terms(
                number + 1,
                settings,
                newControl,
                now,
                observing ? opened : opened + 1,
                observing ? observedOpened + 1 : observedOpened,
                again ? reopened + 1 : 0,
                why);
    }
}
