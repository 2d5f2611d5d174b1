// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.guard.Recovery;
import io.switchgear.runtime.Definition;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TimeLimitSettings;
import jakarta.interceptor.InvocationContext;

/**
 * The definitions from which the guard of a method is built; {@code null} for each layer that it does not have.
 *
 * @param recovery replaces a failed call if there is no last good value
 */
record GuardDefinition(
        Definition<BreakerSettings> breaker,
        Definition<TimeLimitSettings> timeLimit,
        Definition<BulkheadSettings> bulkhead,
        Definition<RetrySettings> retry,
        Definition<FallbackSettings> fallback,
        Recovery<InvocationContext> recovery) {}
