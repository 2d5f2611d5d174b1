package io.switchgear;

import java.lang.reflect.Method;
import java.util.List;

/**
 * A call that failed, retries included.
 *
 * @param name of the fallback
 * @param method that was called; {@code null} if a guard was made in code
 * @param parameters it was called with, some of which may be {@code null}
 * @param failure what it threw at last, or the {@link CircuitOpenException} of a call that was rejected
 * @param attempts how often it was tried, a rejected attempt included
 * @since 0.1
 */
public record FailedCall(String name, Method method, List<Object> parameters, Throwable failure, int attempts) {}
