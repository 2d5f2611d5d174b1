/**
 * Puts breakers, layers, configuration, saved settings and MBeans together to the switchgear of one application. On the
 * JDK alone: with CDI, {@code io.switchgear.cdi} drives it; without, {@link io.switchgear.runtime.Switchgear#start}.
 *
 * <p>What has a name is made once, and goes when the last of its users does: a method never goes, a guard made in code
 * when it is closed, a key when it is idle. Intentional: breakers by key have no timer that removes them. Only a new
 * key makes them more, so it is early enough when a new key makes them fewer.
 *
 * <p>{@link io.switchgear.settings.TunableListener} is how others keep step with what comes and goes, as meters do, and
 * the registry need not know them. Intentional: there is no timer here either, so breakers that need a person are
 * looked for when somebody asks for a report.
 */
package io.switchgear.runtime;
