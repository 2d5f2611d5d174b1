/**
 * The meters of breakers, retries, fallbacks and HTTP services for Micrometer, which is optional. Part of the API.
 *
 * <p>{@link io.switchgear.metrics.Meters} is notified of what an application creates and removes, and registers for
 * each thing the meters that {@link io.switchgear.meter.MeterDefinition} lists. They read the totals that the thing
 * itself counts, so a call costs nothing more. The one exception is the timer of
 * {@link io.switchgear.settings.CallTimer}, which has to be switched on.
 *
 * <p>Intentional: not all names begin alike. {@code circuit.breaker} is the prefix that dashboards look for; less
 * common meters begin with {@code switchgear}, as an application may have its own {@code retry.attempts}. Intentional:
 * there is no failure rate, which would not be a number until a window is full. A rate over any time can be computed
 * from the counters.
 */
package io.switchgear.metrics;
