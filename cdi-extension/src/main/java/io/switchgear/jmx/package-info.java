/**
 * The face that consoles see: one MBean for each breaker and each layer around one, and one for all breakers of an
 * application, which hangs above them in a console's tree and sends the notifications of all.
 *
 * <p>Each kind of MBean is a {@link io.switchgear.jmx.MBeanModel}: a table of attributes and one of operations.
 * {@link io.switchgear.jmx.AbstractMBean} does for all kinds what JMX asks for, {@link io.switchgear.jmx.TunableMBean}
 * what those have in common that can be tuned. {@link io.switchgear.jmx.MBeanContext} is what the MBeans of one
 * application have in common, {@link io.switchgear.jmx.Registrar} finds them names.
 *
 * <p>Intentional: hand-written dynamic MBeans rather than MXBeans. Consoles show the message of an
 * {@code InvalidAttributeValueException} and send odd things (text after a parse error, {@code null}, an Integer for a
 * Long), so each value is converted and refused with a sentence here; and the descriptor carries units, bounds and
 * defaults. All breakers share one immutable {@code MBeanInfo}. Only classes of the JDK cross this border, so that a
 * client needs none of ours and undeployment leaves none behind.
 *
 * <p>Everything is read from the breaker itself at the moment of asking; only the list of the last transitions, and
 * what was refused, are kept here. No lock is held while a breaker is changed, since it tells others of the change.
 */
package io.switchgear.jmx;
