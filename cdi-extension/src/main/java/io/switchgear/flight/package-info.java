/**
 * What a flight recording (JFR) tells of the breakers: {@code io.switchgear.Transition},
 * {@code io.switchgear.Rejection} and {@code io.switchgear.status.SettingsChange}.
 * {@link io.switchgear.flight.FlightEvents} is told of everything and decides whether anybody wants to know.
 *
 * <p>Most transitions and all changes of settings become an event each. Of rejections there may be a hundred thousand a
 * second, so {@link io.switchgear.flight.RejectionSampler} picks one a second for each breaker, and the event has the
 * number of those it stands for.
 *
 * <p>Intentional: no event class is touched before the JDK's flight recorder has begun its work, for whatever reason.
 * The first use of one reads the description of all events of the JDK, which takes a tenth of a second, also where
 * nobody ever records. Until then a rejected call reads one field of the JDK, and a transition does too.
 *
 * <p>Intentional: nothing is registered or unregistered by hand. The JDK registers an event class when it is first used
 * and keeps it no longer than its class loader, so an application that is undeployed leaves none behind.
 */
package io.switchgear.flight;
