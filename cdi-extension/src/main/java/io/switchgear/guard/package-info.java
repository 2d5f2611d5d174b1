/**
 * The layers around one method: {@code fallback(retry(breaker(call)))}, each of them optional. Internal: not part of
 * the API. Needs only the JDK, except {@link io.switchgear.guard.LastGoodValues}, which needs Caffeine.
 *
 * <p>{@link io.switchgear.guard.GuardPipeline} composes the layers of a method, so that one interceptor, resolved once,
 * serves them all. {@link io.switchgear.guard.Retry} and {@link io.switchgear.guard.Fallback} only decide. The pipeline
 * runs synchronous calls, {@link io.switchgear.guard.AsyncCall} those that return a stage. Intentional: a call with a
 * breaker and no other layer bypasses all of this; see {@code GuardPipeline.acquire}.
 *
 * <p>Code of the application may throw anything anywhere: predicates, stages, executors, exceptions and the methods of
 * arguments. Whatever it does, the place at the breaker is given back, a retry that does not begin is not paid for, and
 * the caller gets a result.
 */
package io.switchgear.guard;
