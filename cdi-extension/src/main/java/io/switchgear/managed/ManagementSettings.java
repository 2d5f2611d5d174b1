// SPDX-License-Identifier: Apache-2.0
package io.switchgear.managed;

import java.time.Duration;
import java.util.Optional;

/**
 * The configuration of a managed runtime, read at deployment.
 *
 * @param dataSource the JNDI name of the data source: {@code switchgear.datasource}; empty for the server's default
 *     one, {@value #NO_DATA_SOURCE} for no database
 * @param node the name of this node: {@code switchgear.fleet.node}; empty for one made from the names of host and
 *     server
 * @param poll the time between looks at the database: {@code switchgear.fleet.poll-seconds}, 5 s by default
 * @param forFleet whether a change made on one node is one for all of them: {@code switchgear.fleet.changes-for-all},
 *     {@code false} by default
 * @param keepLogDays how long the log of changes is kept: {@code switchgear.fleet.keep-log-days}, 90 by default
 * @param topic the JNDI name of the topic by which nodes wake one another: {@code switchgear.fleet.topic}; empty, as by
 *     default or for {@value #NO_TOPIC}, if they only look at the database
 * @param connectionFactory the JNDI name of the connection factory for that topic:
 *     {@code switchgear.fleet.connection-factory}, {@value #DEFAULT_CONNECTION_FACTORY} by default
 * @param report the time between status reports: {@code switchgear.report-minutes}, 1 minute by default; zero for none
 * @since 0.1
 */
public record ManagementSettings(
        Optional<String> dataSource,
        Optional<String> node,
        Duration poll,
        boolean forFleet,
        int keepLogDays,
        Optional<String> topic,
        String connectionFactory,
        Duration report) {
    /** The name of a data source that stands for no database. */
    public static final String NO_DATA_SOURCE = "none";
    /** The name of a topic that stands for no messages. */
    public static final String NO_TOPIC = "none";
    /** The connection factory that each server with Jakarta Messaging has. */
    public static final String DEFAULT_CONNECTION_FACTORY = "java:comp/DefaultJMSConnectionFactory";
}
