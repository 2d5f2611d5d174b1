/**
 * What an application is written with: the annotations, circuit breakers and guards, rules of what is a failure, and
 * the exception of a rejected call. Depends on {@link io.switchgear.settings} and {@link io.switchgear.status} alone.
 *
 * <p>Part of the API, as are these two packages and {@link io.switchgear.standalone}, {@link io.switchgear.http} and
 * {@link io.switchgear.metrics}. All other packages are internal.
 */
package io.switchgear;
