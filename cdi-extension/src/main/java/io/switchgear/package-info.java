/**
 * What a user types and sees: the annotation, the settings, the breaker's interface, its snapshot and its exceptions.
 * Depends on no other package of ours.
 *
 * <p>A setting has one name everywhere, and {@link io.switchgear.Settings}' constructor is the one place where it is
 * checked; {@link io.switchgear.Setting} is the table that annotation, MBeans and error texts share.
 */
package io.switchgear;
