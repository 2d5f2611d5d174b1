package io.switchgear.http;

/**
 * What becomes of one response, decided on its head: a body that the caller will not see is not handed to the caller's
 * handler.
 */
sealed interface Plan {
    /** The caller gets it. */
    record Deliver() implements Plan {}

    /** The request is sent again. */
    record Repeat(long delayNanos) implements Plan {}

    /** The last good response takes its place. */
    record StandIn(GoodResponse kept, int status) implements Plan {}
}
