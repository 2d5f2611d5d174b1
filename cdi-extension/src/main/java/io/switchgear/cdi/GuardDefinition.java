package io.switchgear.cdi;

import io.switchgear.guard.Recovery;
import io.switchgear.runtime.Definition;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import jakarta.interceptor.InvocationContext;

/**
 * What a method is to be guarded with; {@code null} for what it is not.
 *
 * @param recovery what stands in where there is no last good value
 */
record GuardDefinition(
        Definition<BreakerSettings> breaker,
        Definition<RetrySettings> retry,
        Definition<FallbackSettings> fallback,
        Recovery<InvocationContext> recovery) {}
