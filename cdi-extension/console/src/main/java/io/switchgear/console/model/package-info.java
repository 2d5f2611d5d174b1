// SPDX-License-Identifier: Apache-2.0
/**
 * What the MBeans of a JVM say, without a display. One thread reads, writes and publishes an immutable
 * {@link io.switchgear.console.model.View} after each poll, so that a display never waits for the network.
 *
 * <p>Intentional: a poll reads the table {@code Breakers} of each application, one request for all of its breakers, and
 * every attribute of the selected breaker only. A request for each of 1,000 breakers would take ten times as long.
 */
package io.switchgear.console.model;
