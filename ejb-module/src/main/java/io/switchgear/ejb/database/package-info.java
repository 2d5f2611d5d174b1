/**
 * The database that the nodes of an application share. Internal: not part of the API.
 *
 * <p>{@link io.switchgear.ejb.database.JdbcFleetStore} runs each operation on a connection and in a transaction of its
 * own. {@link io.switchgear.ejb.database.Schema} creates the tables when they are absent, and upgrades those of an
 * older release. {@link io.switchgear.ejb.database.GoneNodes} deletes what nodes have left that are gone for long.
 *
 * <p>Intentional: plain JDBC on a data source of the server, not Jakarta Persistence. A persistence unit in a library
 * makes each {@code @PersistenceContext} without a name in the application ambiguous, and the JNDI name of its data
 * source cannot be configured in a portable way. The steps of the schema are numbered resources, run by a few lines: a
 * migration library would be larger than this module, and applications often bring one in another version.
 *
 * <p>Intentional: times are ISO 8601 texts in UTC, taken from the clock of the database. They mean the same in every
 * database and for every time zone of server and driver, and they sort and read well. H2, PostgreSQL and the Derby of
 * GlassFish are tested. Other databases are not, but nothing is used that they do not have.
 */
package io.switchgear.ejb.database;
