/**
 * Breakers and what stands around them as meters of Micrometer, which is optional.
 *
 * <p>{@link io.switchgear.metrics.Meters} follows the registry of an application, and has for each thing the meters
 * that {@link io.switchgear.metrics.MeterDefinition} lists. They read the totals that the thing itself counts, so a
 * call costs nothing more; the one exception is the timer of {@link io.switchgear.settings.CallTimer}, which has to be
 * asked for.
 *
 * <p>Intentional: names do not begin all alike. {@code circuit.breaker} is what dashboards look for; what is less
 * common begins with {@code switchgear}, as an application may well have a {@code retry.attempts} of its own.
 * Intentional: no failure rate, which would be no number until a window is full; a rate over any time can be made of
 * the counters.
 */
package io.switchgear.metrics;
