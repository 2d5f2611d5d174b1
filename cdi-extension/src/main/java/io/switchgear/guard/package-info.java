/**
 * The layers around one method: {@code fallback(retry(breaker(limit(bulkhead(call)))))}, each of them optional.
 * Internal: not part of the API. Needs only the JDK, except {@link io.switchgear.guard.LastGoodValues}, which needs
 * Caffeine.
 *
 * <p>{@link io.switchgear.guard.GuardLayers} are the layers of a method; {@link io.switchgear.guard.GuardPipeline} runs
 * its calls through them, so that one interceptor, resolved once, serves them all. {@link io.switchgear.guard.Retry}
 * and {@link io.switchgear.guard.Fallback} only decide; {@link io.switchgear.guard.Bulkhead} runs the call itself. A
 * call that may have several attempts, or a fallback, is a {@link io.switchgear.guard.SyncCall}, or an
 * {@link io.switchgear.guard.AsyncCall} if the method returns a stage; both take the same
 * {@link io.switchgear.guard.CallSteps}. Intentional: a call with a breaker and no other layer bypasses all of this;
 * see {@code GuardPipeline.acquire}.
 *
 * <p>{@link io.switchgear.guard.TimeLimit} ends calls that take too long. {@link io.switchgear.guard.Deadlines} keeps
 * those that are running, in the order of their deadlines, with one wake-up for all of them, and
 * {@link io.switchgear.guard.WaitLimit} those that wait at a bulkhead without a thread. The state of a
 * {@link io.switchgear.guard.LimitedCall} decides whether the call ends or exceeds its limit. It is the outcome of its
 * call for the breaker too, so that both have the same end.
 *
 * <p>{@link io.switchgear.guard.Offload} lets attempts run on other threads, as MicroProfile's {@code @Asynchronous}
 * demands. To the pipeline such a method is one that returns a stage.
 *
 * <p>Code of the application may throw anything anywhere: predicates, stages, executors, exceptions and the methods of
 * arguments. Whatever it does, the place at the breaker is given back, a retry that does not begin is not paid for, and
 * the caller gets a result.
 */
package io.switchgear.guard;
