// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;

/** A connector of this JVM on the loopback interface, and the link to it. */
final class LocalLink implements AutoCloseable {
    private final JMXConnectorServer server;

    LocalLink(Map<String, ?> environment) throws IOException {
        this(ManagementFactory.getPlatformMBeanServer(), environment);
    }

    LocalLink(MBeanServer mbeans, Map<String, ?> environment) throws IOException {
        server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("rmi", "localhost", 0), environment, mbeans);
        server.start();
    }

    String url() {
        return server.getAddress().toString();
    }

    Link link() {
        return new RemoteLink(url(), null);
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
