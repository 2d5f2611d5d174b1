package io.switchgear.http;

/**
 * What was counted for one service since the start.
 *
 * @param requests requests that callers made
 * @param failures times that one was sent and failed, retries among them
 * @param retries times that one was sent again
 * @param cancelled requests that were pending when the breaker opened, and so were cancelled
 * @param lastGoodAnswered requests that were answered with the last good response
 * @since 0.1
 */
public record ServiceTotals(long requests, long failures, long retries, long cancelled, long lastGoodAnswered) {}
