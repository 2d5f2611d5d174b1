// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

/**
 * The decision about one response, made on its head: a body that the caller will not see is not passed to the caller's
 * handler.
 */
sealed interface ResponseDecision {
    /** The caller gets the response. */
    record Deliver() implements ResponseDecision {}

    /** The request is sent again. */
    record Repeat(long delayNanos) implements ResponseDecision {}

    /** The last good response replaces it. */
    record UseLastGood(StoredResponse kept, int status) implements ResponseDecision {}
}
