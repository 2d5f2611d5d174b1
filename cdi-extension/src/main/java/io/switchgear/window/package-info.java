/**
 * The policies by which a closed breaker judges outcomes: one {@link io.switchgear.window.TripPolicy} for each
 * {@link io.switchgear.settings.TripOn}. Internal: not part of the API.
 *
 * <p>A policy holds outcomes, never thresholds. The thresholds are passed with each call, so that a changed one takes
 * effect at once and loses no outcomes. All policies are lock-free; each documents the invariant that it keeps in a
 * race. {@link io.switchgear.window.TripPolicies} creates them.
 *
 * <p>{@link io.switchgear.settings.TripOn#ADAPTIVE} has two parts. {@link io.switchgear.window.FailureExcess} decides
 * when to begin to reject calls, and {@link io.switchgear.window.AdmittedShare} how many from then on. Each of their
 * numbers has a reason there; none was fitted to an experiment. Others that were tried, in the lab: the SRE book's
 * throttling alone sees an outage only after half of two minutes, and its end as late; Shopify's semian steers the
 * share by a PID controller whose gains need tuning; Finagle's failure accrual, by rate or in a row, opens as a whole.
 */
package io.switchgear.window;
