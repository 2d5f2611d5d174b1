package io.switchgear.cdi;

import io.switchgear.FallbackSettings;
import io.switchgear.RetrySettings;
import io.switchgear.Settings;
import io.switchgear.guard.Recovery;
import io.switchgear.runtime.Definition;
import jakarta.interceptor.InvocationContext;

/**
 * What a method is to be guarded with; {@code null} for what it is not.
 *
 * @param recovery what stands in where there is no last good value
 */
record Plan(
        Definition<Settings> breaker,
        Definition<RetrySettings> retry,
        Definition<FallbackSettings> fallback,
        Recovery<InvocationContext> recovery) {}
