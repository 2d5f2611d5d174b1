// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

/**
 * What was measured on the server at one moment.
 *
 * @param millis on the wall clock
 * @param busyThreads the threads that serve requests
 * @param backendCalls the calls that the backend of {@link Service#DISTURBED} has got so far
 */
record Moment(long millis, int busyThreads, long backendCalls) {}
