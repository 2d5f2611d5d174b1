// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import io.switchgear.managed.ManagementSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** What the server gives to the managed runtime: a data source, and the name of the node. */
final class ServerResources {
    private static final String DEFAULT_DATA_SOURCE = "java:comp/DefaultDataSource";

    // WildFly, Open Liberty, GlassFish and Payara
    private static final List<String> SERVER_NAMES =
            List.of("jboss.node.name", "wlp.server.name", "com.sun.aas.instanceName");

    private ServerResources() {}

    /** A data source and its name for messages. */
    record Named(DataSource source, String name) {}

    /**
     * Returns the data source; empty if there is none.
     *
     * @param isLogged whether that is logged
     */
    static Optional<Named> dataSource(ManagementSettings settings, boolean isLogged) {
        String name = settings.dataSource().orElse(DEFAULT_DATA_SOURCE);
        String problem;
        try {
            Object found = lookup(name);
            if (found instanceof DataSource source) {
                return Optional.of(new Named(source, name));
            }
            problem = name + " is no data source but " + found;
        } catch (NamingException absent) {
            problem = "the server has no data source " + name + " (" + absent + ")";
        }
        if (isLogged) {
            FleetMessage message =
                    settings.dataSource().isPresent() ? FleetMessage.DATABASE_MISSING : FleetMessage.NO_DATABASE;
            message.log(problem + "; set switchgear.datasource to the JNDI name of one, or to "
                    + ManagementSettings.NO_DATA_SOURCE);
        }
        return Optional.empty();
    }

    /** Returns what the server has by this name. */
    @SuppressWarnings("BanJNDI") // a name that the operator of the server configures
    static Object lookup(String name) throws NamingException {
        return new InitialContext().lookup(name);
    }

    /** Returns the configured name of this node, or one made from the names of host and server. */
    static String node(ManagementSettings settings) {
        return settings.node().orElseGet(() -> {
            String server = SERVER_NAMES.stream()
                    .map(System::getProperty)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("server");
            String host = host();
            return server.equals(host) ? host : host + "/" + server;
        });
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unknown) {
            return "unknown host";
        }
    }
}
