/**
 * The MBeans: one for each breaker and each layer, and one for all breakers of an application. The latter is the parent
 * of the others in a console's tree and sends the notifications of all. Internal: not part of the API, except for the
 * names that consoles show.
 *
 * <p>An MBean is a {@link io.switchgear.jmx.ConsoleMBean} that applies a {@link io.switchgear.jmx.MBeanModel}, a table
 * of attributes and a table of operations, to a {@link io.switchgear.jmx.ManagedResource}. The tables depend on the
 * resources, never the other way round; {@link io.switchgear.jmx.Models} joins both.
 * {@link io.switchgear.jmx.BreakerMBeans} is the index of the MBeans, {@link io.switchgear.jmx.Registrar} finds names
 * for them, and {@link io.switchgear.jmx.MBeanContext} holds the state that all of them share.
 *
 * <p>Intentional: hand-written dynamic MBeans instead of MXBeans. Consoles show the message of an
 * {@code InvalidAttributeValueException}, and they send odd values: text after a parse error, {@code null}, an Integer
 * for a Long. So each value is converted here, or refused with a sentence. The descriptor carries units, bounds and
 * defaults. All breakers share one immutable {@code MBeanInfo}. Clients receive classes of the JDK only, so they need
 * no class of this library, and none is left behind after undeployment.
 *
 * <p>Each value is read from the breaker at the time of the request. Only the last transitions and the last refusal are
 * kept here. No lock is held while a breaker is changed, as it then notifies its listeners.
 *
 * <p>Listeners of notifications belong to other programs, and may block. Each has a bounded queue, and all share a few
 * threads that end when nothing is left. Intentional: not the threads of the server, since a listener that blocks would
 * keep one that retries and CDI observers of all applications need.
 */
package io.switchgear.jmx;
