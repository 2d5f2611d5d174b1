/**
 * Puts breakers, layers, configuration, saved settings and MBeans together to the switchgear of one application. On the
 * JDK alone: with CDI, {@code io.switchgear.cdi} drives it; without, {@link io.switchgear.runtime.Switchgear#start}.
 */
package io.switchgear.runtime;
