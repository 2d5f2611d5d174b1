// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.TunableSnapshot;

/**
 * The settings and totals of a fallback at one moment. Totals count since the fallback was created and never decrease.
 *
 * <p>Created by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface FallbackSnapshot extends TunableSnapshot<FallbackSettings> {
    /** Returns the number of failed calls whose caller got the value of the fallback's method or handler. */
    long handled();

    /** Returns the number of failed calls for which the method or handler failed too. */
    long failed();

    /** Returns the number of failed calls whose caller got a last good value. */
    long lastGoodHits();

    /** Returns the number of failed calls for which there was no last good value. */
    long lastGoodMisses();

    /** Returns the number of last good values that are kept; some of them may have expired already. */
    long lastGoodValues();
}
