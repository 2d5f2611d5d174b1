/**
 * What consoles see: one MBean for each breaker and each layer, and one for all breakers of an application, which is
 * the parent of the others in a console's tree and sends the notifications of all. Internal: not part of the API, but
 * the names that consoles see are.
 *
 * <p>An MBean is a {@link io.switchgear.jmx.ConsoleMBean} that applies a {@link io.switchgear.jmx.MBeanModel}, a table
 * of attributes and one of operations, to a {@link io.switchgear.jmx.ManagedResource}. The tables depend on the
 * resources, never the other way round; {@link io.switchgear.jmx.Models} brings both together.
 * {@link io.switchgear.jmx.BreakerMBeans} is the index of the MBeans, {@link io.switchgear.jmx.Registrar} finds names
 * for them, and {@link io.switchgear.jmx.MBeanContext} is what all of them share.
 *
 * <p>Intentional: hand-written dynamic MBeans rather than MXBeans. Consoles show the message of an
 * {@code InvalidAttributeValueException} and send odd values (text after a parse error, {@code null}, an Integer for a
 * Long), so each value is converted and refused with a sentence here; and the descriptor carries units, bounds and
 * defaults. All breakers share one immutable {@code MBeanInfo}. Only classes of the JDK cross this border, so that a
 * client needs none of ours and undeployment leaves none behind.
 *
 * <p>Everything is read from the breaker itself when it is asked for; only the last transitions, and what was refused,
 * are kept here. No lock is held while a breaker is changed, as it notifies listeners of the change.
 */
package io.switchgear.jmx;
