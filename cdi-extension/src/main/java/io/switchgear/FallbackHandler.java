// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

/**
 * A source of results that replace failed calls. A CDI bean of this type is named by {@link FallingBack#handler}; one
 * object then serves all calls of a method, on many threads.
 *
 * @param <T> the return type of the guarded method, a {@link java.util.concurrent.CompletionStage} included; under a
 *     {@link Guard}, the type of the value itself
 * @since 0.1
 */
@FunctionalInterface
public interface FallbackHandler<T> {
    /**
     * Returns the result that the caller gets instead of the failure.
     *
     * @throws Exception the exception that the caller gets, with the call's failure among its suppressed exceptions
     */
    T handle(FailedCall call) throws Exception;
}
