// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

/** The settings that hold without annotation and configuration, for tests that go through all kinds. */
public final class DefaultSettings {
    private DefaultSettings() {}

    /** Returns the defaults of a kind. */
    public static TunableSettings<?> of(TunableKind kind) {
        return switch (kind) {
            case BREAKER -> BreakerSettings.defaults();
            case RETRY -> RetrySettings.defaults();
            case FALLBACK -> FallbackSettings.defaults();
            case TIME_LIMIT -> TimeLimitSettings.defaults();
            case BULKHEAD -> BulkheadSettings.defaults();
            case SERVICE -> ServiceSettings.defaults();
        };
    }
}
