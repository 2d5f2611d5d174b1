// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.TunableSnapshot;

/**
 * The settings and totals of a bulkhead at one moment. Totals count since the bulkhead was created and never decrease.
 *
 * <p>Created by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface BulkheadSnapshot extends TunableSnapshot<BulkheadSettings> {
    /** Returns the number of calls that have a place. */
    int callsInFlight();

    /** Returns the number of calls that wait for a place. */
    int waitingCalls();

    /** Returns how long the call that has waited longest has been waiting, in milliseconds; 0 if no call waits. */
    long longestWaitMillis();

    /** Returns the number of calls that got a place, at once or after a wait. */
    long admitted();

    /** Returns the number of calls that were rejected, at once or after a wait. */
    long rejected();
}
