// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

/**
 * A call that has ended.
 *
 * @param startMillis on the wall clock
 * @param path of the request
 */
record Call(Service service, long startMillis, long millis, Result result, String path) {}
