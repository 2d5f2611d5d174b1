/**
 * The events that breakers send to flight recordings (JFR): {@code io.switchgear.Transition},
 * {@code io.switchgear.Rejection} and {@code io.switchgear.SettingsChange}. Internal: not part of the API.
 *
 * <p>{@link io.switchgear.flight.FlightEvents} receives everything and decides whether a recording wants it.
 *
 * <p>Each transition and each change of settings is one event. Rejections may number a hundred thousand a second, so
 * {@link io.switchgear.flight.RejectionSampler} picks at most one a second for each breaker, and its event has the
 * number of rejections that it accounts for.
 *
 * <p>Intentional: no event class is touched before the JDK's flight recorder is initialized, for whatever reason. The
 * first use of an event class reads the description of all events of the JDK. That takes a tenth of a second, also
 * where nothing is ever recorded. Until then a rejected call reads one field of the JDK, and so does a transition.
 *
 * <p>Intentional: no event class is registered or unregistered by hand. The JDK registers an event class on its first
 * use and keeps it no longer than its class loader, so an undeployed application leaves none behind.
 */
package io.switchgear.flight;
