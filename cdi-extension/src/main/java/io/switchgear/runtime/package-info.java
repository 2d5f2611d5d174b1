/**
 * Composes breakers, layers, configuration, saved settings and MBeans to the runtime of one application. Internal: not
 * part of the API. With CDI, {@code io.switchgear.cdi} drives it; without, {@link io.switchgear.standalone.Switchgear}.
 *
 * <p>{@link io.switchgear.runtime.ApplicationRuntime} owns the parts. {@link io.switchgear.runtime.Registry} holds what
 * exists by name, with its users; {@link io.switchgear.runtime.Definitions} merges configuration into what code says;
 * {@link io.switchgear.runtime.ApplicationBreakers} is the face that applications inject.
 *
 * <p>What has a name is created once and removed with its last user: a method stays, a guard made in code is removed
 * when it is closed, a key when it is idle. Intentional: breakers by key have no timer that removes them. Only a new
 * key adds breakers, so removing idle ones can wait for it.
 *
 * <p>{@link io.switchgear.settings.TunableListener} is how others, such as meters, learn what is created and removed;
 * the registry does not know them. Intentional: there is no timer here either, so breakers that need attention are
 * detected when a report is made.
 */
package io.switchgear.runtime;
