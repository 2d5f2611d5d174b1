// SPDX-License-Identifier: Apache-2.0
/**
 * The Swing component of the tab and the window. Everything here runs on the event thread and reads the last
 * {@code View}; what changes something is sent to the thread of the model.
 */
package io.switchgear.console.window;
