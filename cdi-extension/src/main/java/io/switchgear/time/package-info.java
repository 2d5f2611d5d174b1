/**
 * Time: a clock for durations, and schedulers for what has to happen later. Internal: not part of the API. Needs the
 * JDK alone and no other package of this library.
 *
 * <p>Time of day is for display only and comes from {@link java.time.InstantSource}; whatever is measured is measured
 * with a {@link io.switchgear.time.Ticker}.
 */
package io.switchgear.time;
