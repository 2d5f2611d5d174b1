package io.switchgear;

import io.switchgear.settings.RetrySettings;
import io.switchgear.status.RetrySnapshot;

/**
 * The retries of the calls that share a name: their settings, their totals and their budget.
 *
 * @since 0.1
 */
public interface Retries extends Layer<RetrySettings> {
    @Override
    RetrySnapshot snapshot();
}
