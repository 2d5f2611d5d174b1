/**
 * What the lab compares: the breakers, retries and guards of this library, its peers, and rules as they were published.
 * Each class adapts one of them to {@link io.switchgear.lab.simulation.Subject}, in virtual time.
 *
 * <p>Resilience4j takes a clock. SmallRye's breaker has a public constructor that takes a stopwatch and a timer.
 * Failsafe reads the system's clock, but only to leave OPEN, and its public {@code halfOpen()} does that too; so its
 * breakers that count calls can be driven, and those that count within a time cannot.
 */
package io.switchgear.lab.subject;
