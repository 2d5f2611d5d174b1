// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

/**
 * The calls that ended between the last closing of a breaker and the failures in a row that opened it. Calls without an
 * outcome do not count, and a slow call has not succeeded.
 *
 * @param calls the calls, at least 1
 * @param succeeded those of them that succeeded
 * @since 0.1
 */
public record PriorCalls(long calls, long succeeded) {}
