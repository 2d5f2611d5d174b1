/**
 * The state machine. Internal: not part of the API. Needs only the JDK.
 *
 * <p>{@link io.switchgear.breaker.Circuit} holds one reference to the current {@link io.switchgear.breaker.Phase}:
 * state, mode and settings together, immutable, so that no reader sees a combination that was never in force. A call
 * reads it once and gets a {@link io.switchgear.breaker.Permit}, which knows the {@link io.switchgear.breaker.Epoch}
 * that admitted it. When the call returns, the circuit compares that with the current epoch: an outcome that comes too
 * late is added to the totals and decides nothing.
 *
 * <p>Dependencies point one way. Permits share a {@link io.switchgear.breaker.PermitContext} and report to an
 * {@link io.switchgear.breaker.OutcomeHandler}; phases hold permits; the circuit, which is the handler, creates phases.
 *
 * <p>A transition is one compare-and-set without side effects; its winner then delivers it to the listeners, outside
 * any lock, in order. There are no threads and no timers: an open breaker becomes half-open on the first call after its
 * time; reads only show it as half-open. A read does open a breaker whose calls hang, since no further call may come.
 *
 * <p>Intentional: a change of settings or mode creates a new {@code Phase} that keeps the permit, policy or trials of
 * the old one, so calls in flight keep their permits. Intentional: a lock guards the trials of a half-open breaker.
 * They are few, and their time-outs would make a lock-free version long; the closed path takes no lock.
 */
package io.switchgear.breaker;
