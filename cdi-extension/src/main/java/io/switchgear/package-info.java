/**
 * The types that application code uses: the annotations, circuit breakers and guards, failure rules and fallback
 * handlers, and the exception of a rejected call. Depends on {@link io.switchgear.settings} and
 * {@link io.switchgear.status} alone.
 *
 * <p>Part of the API, together with these two packages, {@link io.switchgear.standalone}, {@link io.switchgear.http}
 * and {@link io.switchgear.metrics}. All other packages are internal.
 */
package io.switchgear;
