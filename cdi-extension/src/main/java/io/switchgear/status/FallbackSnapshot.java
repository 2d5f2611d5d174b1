package io.switchgear.status;

import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.TunableSnapshot;

/**
 * All that can be seen of a fallback at one moment. Totals count since the fallback was created and never fall.
 *
 * <p>Created by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface FallbackSnapshot extends TunableSnapshot<FallbackSettings> {
    /** Failed calls whose caller got the value of the fallback's method or handler. */
    long handled();

    /** Failed calls for which the method or handler failed too. */
    long failed();

    /** Failed calls whose caller got a last good value. */
    long lastGoodHits();

    /** Failed calls for which there was no last good value. */
    long lastGoodMisses();

    /** Good values that are kept, some of which may have expired already. */
    long lastGoodValues();
}
