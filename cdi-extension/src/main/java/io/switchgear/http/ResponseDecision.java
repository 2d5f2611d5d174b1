package io.switchgear.http;

/**
 * What becomes of one response, decided on its head: a body that the caller will not see is not handed to the caller's
 * handler.
 */
sealed interface ResponseDecision {
    /** The caller gets it. */
    record Deliver() implements ResponseDecision {}

    /** The request is sent again. */
    record Repeat(long delayNanos) implements ResponseDecision {}

    /** The last good response takes its place. */
    record StandIn(StoredResponse kept, int status) implements ResponseDecision {}
}
