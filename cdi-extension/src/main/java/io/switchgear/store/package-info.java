/**
 * What operators tuned, kept beyond the end of the application: found again when a breaker is made, as the strongest
 * layer above annotation and configuration, and saved when an operator asks, or with each change.
 *
 * <p>Intentional: only what differs from annotation and configuration is saved, so that a default that changes in the
 * code still reaches the breakers that nobody tuned. Modes are not: a breaker that was forced open and comes back
 * forced open after a restart would surprise everybody.
 */
package io.switchgear.store;
