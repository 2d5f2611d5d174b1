/**
 * The policies by which a closed breaker judges outcomes: one {@link io.switchgear.window.TripPolicy} for each
 * {@link io.switchgear.settings.TripOn}. Internal: not part of the API.
 *
 * <p>A policy holds outcomes, never thresholds. The thresholds are passed with each call, so that a changed one takes
 * effect at once and loses no outcomes. All policies are lock-free; each documents the invariant that it keeps in a
 * race.
 */
package io.switchgear.window;
