/**
 * How a closed breaker judges outcomes: one {@link io.switchgear.window.TripPolicy} for each
 * {@link io.switchgear.settings.TripOn}. Internal: not part of the API.
 *
 * <p>A policy holds outcomes, never thresholds: these come with each question, so that a changed threshold takes effect
 * at once and loses nothing. All policies are lock-free; each states the invariant that it keeps in a race.
 */
package io.switchgear.window;
