/**
 * The runtime of one application: composes breakers, layers, configuration, saved settings and MBeans. Internal: not
 * part of the API. With CDI it is driven by {@code io.switchgear.cdi}, without by
 * {@link io.switchgear.standalone.Switchgear}.
 *
 * <p>{@link io.switchgear.runtime.ApplicationRuntime} owns the parts. {@link io.switchgear.runtime.Registry} holds all
 * breakers and layers by name, with their users. {@link io.switchgear.runtime.Definitions} merges configuration into
 * the settings given in code. {@link io.switchgear.runtime.ApplicationBreakers} is the interface that applications
 * inject.
 *
 * <p>A breaker or retry is created with the first user of its name and removed with the last: methods are never
 * removed, a guard built in code when it is closed, a key when it is idle. Intentional: no timer removes breakers by
 * key. Only a new key adds breakers, so the eviction of idle ones can wait for it. Keys come from callers, who may be
 * hostile: they cost no more than their bound, and the breaker that further keys share rejects nothing.
 *
 * <p>{@link io.switchgear.runtime.Follower} looks at configuration again, if that is configured, and
 * {@link io.switchgear.runtime.Configured} applies it to a breaker or layer as one set. Intentional: each keeps the
 * configuration that it accepted last, and tries a later one again at each look, since a contradiction may end with a
 * change by an operator.
 *
 * <p>Others, such as meters, are notified through {@link io.switchgear.settings.TunableListener} when breakers and
 * layers are created and removed; the registry does not know them. Intentional: there is no timer here either, so
 * breakers that need attention are detected when a report is requested.
 */
package io.switchgear.runtime;
