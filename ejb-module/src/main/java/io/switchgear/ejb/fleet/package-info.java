/**
 * The protocol that keeps the settings and modes of all nodes of an application in step. Internal: not part of the API.
 *
 * <p>The database is the truth; see {@link io.switchgear.ejb.fleet.FleetStore}. An application has one version number
 * there, which each write increments, so that writers of an application come one after the other. A
 * {@link io.switchgear.ejb.fleet.FleetNode} keeps a {@link io.switchgear.ejb.fleet.Replica} of what is stored. Its
 * {@code step} writes what was changed here, reads what is new, applies it, and records that the node lives. Messages
 * only cause a step to be taken early: their order, their loss and their duplication do not matter, and neither do the
 * clocks of the nodes. {@link io.switchgear.ejb.fleet.FleetOperations} changes several nodes at once.
 *
 * <p>A change is written together with the version that its author knew. If a newer one is stored, the change is
 * dropped, and its author is notified of the one that won.
 *
 * <p>A node that is gone for long is deleted with the values for it alone. It lives before it reads what is stored for
 * it; and one that finds, after it was cut off, that it was deleted reads all again.
 *
 * <p>Intentional: nodes share settings and modes, but no counts and no states. Each node judges what it observes, so a
 * node that is itself ill cannot open the breakers of the others.
 *
 * <p>Intentional: the end of a mode is stored with the mode, as a time of the database's clock. A node therefore writes
 * nothing when a mode ends.
 */
package io.switchgear.ejb.fleet;
