// SPDX-License-Identifier: Apache-2.0
/**
 * The load test: JMeter calls four services of the shop on a real server, while the backend of one of them hangs, is
 * slow and fails. It compares the shop without guards, with breakers of this library, and with those of the server's
 * own MicroProfile Fault Tolerance.
 *
 * <p>{@link io.switchgear.load.Main} starts the server and runs all variants; {@link io.switchgear.load.Checks} has
 * what they are to prove.
 */
package io.switchgear.load;
