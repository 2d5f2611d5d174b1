// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.BulkheadSettings;
import io.switchgear.status.BulkheadSnapshot;

/**
 * The bulkhead of a guard: settings, totals and the calls that run and wait at this moment.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface Bulkheads extends Layer<BulkheadSettings> {
    @Override
    BulkheadSnapshot snapshot();
}
