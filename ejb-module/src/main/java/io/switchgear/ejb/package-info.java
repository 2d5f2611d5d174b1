/**
 * The managed runtime of a whole application, and of the fleet of servers that run it. Put the module beside the CDI
 * extension, into {@code WEB-INF/lib} or as a module of an EAR. Internal: not part of the API.
 *
 * <p>{@link io.switchgear.ejb.FleetRuntime} makes the server a node: it finds a data source, loads what is stored there
 * before the first call, and lets a {@link io.switchgear.ejb.fleet.FleetNode} take a step every few seconds and after
 * each change. {@link io.switchgear.ejb.FleetTopic} wakes the other nodes by messages, where a topic is configured; it
 * alone uses classes of Jakarta Messaging, which a server need not have. Consoles see the fleet through
 * {@link io.switchgear.ejb.StoredFleet}, the application itself and REST resources use
 * {@link io.switchgear.ejb.BreakerOperations}, over the same code. The protocol and the database have packages of their
 * own.
 *
 * <p>{@link io.switchgear.ejb.StatusReporter} makes a status report every minute; {@link io.switchgear.ejb.ReportLog}
 * decides what is logged, and {@link io.switchgear.ejb.ReportText} creates the text. The library itself has no timer,
 * so this module also detects breakers that need attention.
 *
 * <p>Intentional: no timer is persistent. A report or a look missed while the server was down is of no use.
 */
package io.switchgear.ejb;
