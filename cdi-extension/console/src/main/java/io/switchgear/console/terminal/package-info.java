// SPDX-License-Identifier: Apache-2.0
/**
 * The console in a terminal, in escape sequences that every terminal has had for decades.
 *
 * <p>Intentional: no library for terminals. A line at a time is enough, and works over ssh, in {@code screen} and in a
 * pipe.
 */
package io.switchgear.console.terminal;
