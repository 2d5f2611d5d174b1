/**
 * The state machine, on the JDK alone.
 *
 * <p>One reference holds the present {@link io.switchgear.breaker.Phase}: state, mode and settings together, immutable,
 * so that nobody sees a combination that was never in force. A call reads it once and gets a
 * {@link io.switchgear.breaker.Permit}; the permit's identity tells whether the period that gave it is still on when
 * the call comes back. An outcome that comes too late goes into the totals and decides nothing.
 *
 * <p>A transition is one compare-and-set without side effects; the winner then tells it through
 * {@link io.switchgear.breaker.TransitionDispatcher}, outside any lock, in order. There are no threads and no timers:
 * an open breaker turns half-open on the first call after its time, and reads merely show it.
 *
 * <p>Intentional: a change of settings or mode makes a new {@code Phase} that keeps the pass, judge or trials of the
 * old one, so calls in flight keep their permits. Intentional: the trials of a half-open breaker are behind a lock.
 * They are few, and their time-outs make a lock-free version long; the closed path takes no lock.
 */
package io.switchgear.breaker;
