// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.RetrySettings;
import io.switchgear.status.RetrySnapshot;

/**
 * The retries of all methods, guards and services that share a name: settings, totals and budget.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface Retries extends Layer<RetrySettings> {
    @Override
    RetrySnapshot snapshot();
}
