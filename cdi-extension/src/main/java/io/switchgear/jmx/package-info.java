/**
 * The face that consoles see: one MBean for each breaker.
 *
 * <p>Intentional: hand-written dynamic MBeans rather than MXBeans. Consoles show the message of an
 * {@code InvalidAttributeValueException} and send odd things (text after a parse error, {@code null}, an Integer for a
 * Long), so each value is converted and refused with a sentence here; and the descriptor carries units, bounds and
 * defaults. All breakers share one immutable {@code MBeanInfo}. Only classes of the JDK cross this border, so that a
 * client needs none of ours and undeployment leaves none behind.
 *
 * <p>Everything is read from the breaker itself at the moment of asking; nothing here stores a copy.
 */
package io.switchgear.jmx;
