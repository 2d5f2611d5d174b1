// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The settings of a bulkhead, as one immutable value.
 *
 * @param enabled whether calls wait or are rejected; default {@code true}. Calls are counted in any case. Live: when it
 *     becomes {@code false}, the calls that wait begin; when it becomes {@code true}, the calls in flight keep their
 *     places
 * @param maxConcurrentCalls maximum number of calls in flight; further ones wait as {@code maxWaitingCalls} allows, or
 *     are rejected. 1 to 1,000,000, default 10. Live: calls that wait begin at once as far as a raised limit has places
 *     for them; a lower one ends no call
 * @param maxWaitingCalls maximum number of calls that wait for a place at once, first come, first served; further ones
 *     are rejected. 0 (no queue) to 1,000,000, default 0. Live: a lower value rejects none of the calls that wait
 * @param maxWaitMillis time after which a call that waits is rejected; 0 (no limit) to 86,400,000, default 0. Live:
 *     applies to calls that begin to wait from then on
 * @since 0.1
 */
public record BulkheadSettings(boolean enabled, int maxConcurrentCalls, int maxWaitingCalls, long maxWaitMillis)
        implements TunableSettings<BulkheadSettings> {
    private static final BulkheadSettings DEFAULTS = new BulkheadSettings(true, 10, 0, 0);

    /**
     * Creates settings, and checks them.
     *
     * @throws InvalidSettingsException if a value is out of range; the message names each
     */
    public BulkheadSettings {
        List<String> problems = new ArrayList<>();
        Setting.BULKHEAD_MAX_CONCURRENT_CALLS.check(maxConcurrentCalls, problems);
        Setting.BULKHEAD_MAX_WAITING_CALLS.check(maxWaitingCalls, problems);
        Setting.BULKHEAD_MAX_WAIT_MILLIS.check(maxWaitMillis, problems);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** Returns the defaults. */
    public static BulkheadSettings defaults() {
        return DEFAULTS;
    }

    @Override
    public TunableKind kind() {
        return TunableKind.BULKHEAD;
    }

    /** Returns these settings with another {@link #enabled()}. */
    public BulkheadSettings enabled(boolean value) {
        return with(Map.of(Setting.BULKHEAD_ENABLED, value));
    }

    /** Returns these settings with another {@link #maxConcurrentCalls()}. */
    public BulkheadSettings maxConcurrentCalls(int value) {
        return with(Map.of(Setting.BULKHEAD_MAX_CONCURRENT_CALLS, value));
    }

    /** Returns these settings with another {@link #maxWaitingCalls()}. */
    public BulkheadSettings maxWaitingCalls(int value) {
        return with(Map.of(Setting.BULKHEAD_MAX_WAITING_CALLS, value));
    }

    /** Returns these settings with another {@link #maxWaitMillis()}. */
    public BulkheadSettings maxWaitMillis(long value) {
        return with(Map.of(Setting.BULKHEAD_MAX_WAIT_MILLIS, value));
    }

    /**
     * Returns these settings with another {@link #maxWaitMillis()}, as a duration that is rounded up to a millisecond.
     */
    public BulkheadSettings maxWait(Duration value) {
        return maxWaitMillis(SettingValue.millis(value));
    }
}
