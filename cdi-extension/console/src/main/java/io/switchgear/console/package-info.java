// SPDX-License-Identifier: Apache-2.0
/**
 * The console: a tab for JConsole, a window and a terminal. All three show one {@code model}, which reads MBeans
 * through JMX alone: no class of the library is needed here, and none crosses the wire.
 */
package io.switchgear.console;
