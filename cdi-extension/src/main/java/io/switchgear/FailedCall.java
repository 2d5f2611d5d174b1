// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import java.lang.reflect.Method;
import java.util.List;

/**
 * A call that failed, retries included.
 *
 * @param name the name of the fallback
 * @param method the called method; {@code null} under a {@link Guard}
 * @param parameters the arguments of the call, or its key under a {@link Guard}; elements may be {@code null}
 * @param failure the throwable of the last attempt; a {@link CircuitOpenException} if it was rejected
 * @param attempts the number of attempts, rejected ones included
 * @since 0.1
 */
public record FailedCall(String name, Method method, List<Object> parameters, Throwable failure, int attempts) {}
