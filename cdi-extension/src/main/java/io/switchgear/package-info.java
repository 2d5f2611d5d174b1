/**
 * What a user types and sees: the annotations, the settings, the interfaces of the breaker and of what stands around
 * it, their snapshots and exceptions. Depends on no other package of ours.
 *
 * <p>A setting has one name everywhere. {@link io.switchgear.Kind} tells what has settings: a record each, whose
 * constructor is the one place where they are checked. {@link io.switchgear.Setting} is the table that annotations,
 * records, MBeans, configuration and error texts share; records are read and made through the names of their
 * components, so that nothing else has to list them.
 *
 * <p>What happens is told as a {@link io.switchgear.CircuitTransition}, the same record to whoever listens; how things
 * stand is a {@link io.switchgear.Snapshot} of a breaker or a {@link io.switchgear.StatusReport} of all. JMX, metrics,
 * health and JSON are made of these, so that no two of them disagree.
 */
package io.switchgear;
