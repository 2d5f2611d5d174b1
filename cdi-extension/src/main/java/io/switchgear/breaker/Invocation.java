// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

/**
 * A call to be guarded. It takes its context as an argument, so that one constant object serves all calls of a kind and
 * no call allocates one.
 *
 * @param <C> the context of the call, such as an interceptor's context
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface Invocation<C, T> {
    T proceed(C context) throws Exception;
}
