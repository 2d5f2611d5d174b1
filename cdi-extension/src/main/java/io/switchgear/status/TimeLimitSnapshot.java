// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.settings.TunableSnapshot;

/**
 * The settings and totals of a time limit at one moment. Totals count since the limit was created and never decrease.
 *
 * <p>Created by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface TimeLimitSnapshot extends TunableSnapshot<TimeLimitSettings> {
    /** Returns the number of calls that exceeded the limit, trials included. */
    long exceeded();

    /** Returns the number of trials that exceeded the limit. */
    long trialsExceeded();

    /** Returns the number of calls whose thread was interrupted. */
    long interrupted();

    /** Returns the number of calls in flight that have not exceeded the limit. */
    long running();

    /** Returns the number of calls that have exceeded the limit and whose thread has not come back yet. */
    long overdue();
}
