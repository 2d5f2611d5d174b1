/**
 * Time: a clock for durations, and schedulers for delayed tasks. Internal: not part of the API. Needs only the JDK and
 * no other package of this library.
 *
 * <p>Durations are measured with a {@link io.switchgear.time.Ticker}. Time of day is for display only and comes from
 * {@link java.time.InstantSource}.
 */
package io.switchgear.time;
