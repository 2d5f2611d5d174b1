/**
 * What runs around one method: {@code fallback(retry(breaker(call)))}, each layer where it is wanted. Internal: not
 * part of the API. Needs the JDK alone, but for {@link io.switchgear.guard.LastGoodValues}, which needs Caffeine.
 *
 * <p>{@link io.switchgear.guard.GuardPipeline} composes the layers of a method, so that one interceptor, resolved once,
 * serves them all. {@link io.switchgear.guard.Retry} and {@link io.switchgear.guard.Fallback} decide; they run nothing.
 * The pipeline runs calls that return, {@link io.switchgear.guard.AsyncCall} those that return a stage. Intentional: a
 * call under a breaker alone passes none of this; see {@code GuardPipeline.acquire}.
 */
package io.switchgear.guard;
