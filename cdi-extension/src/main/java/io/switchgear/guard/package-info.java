/**
 * What stands around one method: {@code fallback(retry(breaker(call)))}, each where it is wanted, composed in
 * {@link io.switchgear.guard.GuardPipeline}, so that one interceptor, resolved once, serves them all. On the JDK alone,
 * but for {@link io.switchgear.guard.LastGoodValues}, which needs Caffeine where good values are to be kept.
 *
 * <p>{@link io.switchgear.guard.Retry} and {@link io.switchgear.guard.Fallback} decide; they run nothing.
 * {@link io.switchgear.guard.GuardPipeline} runs calls that return, {@link io.switchgear.guard.AsyncCall} those that
 * answer a stage. Intentional: a call under a breaker alone passes none of this; see {@code GuardPipeline.acquire}.
 */
package io.switchgear.guard;
