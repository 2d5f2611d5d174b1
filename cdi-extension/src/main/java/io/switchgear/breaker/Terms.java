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
 * @param lastTrip why it last did, or {@code null}
 */
record Terms(long number, Settings settings, Control control, Instant since, long opened, String lastTrip) {
    static Terms initial(Settings settings, Instant now) {
        return new Terms(0, settings, Control.AUTOMATIC, now, 0, null);
    }

    Terms with(Settings newSettings) {
        return new Terms(number, newSettings, control, since, opened, lastTrip);
    }

    /** After a transition under the same mode. */
    Terms next(Instant now) {
        return next(control, now);
    }

    /** After a change of mode. */
    Terms next(Control newControl, Instant now) {
        return new Terms(number + 1, settings, newControl, now, opened, lastTrip);
    }

    /** After the breaker opened by its own judgement. */
    Terms tripped(String why, Instant now) {
        return new Terms(number + 1, settings, control, now, opened + 1, why);
    }

    Mode mode() {
        return control.mode();
    }
}
