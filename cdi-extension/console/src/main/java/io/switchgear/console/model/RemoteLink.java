// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.io.IOException;
import java.net.MalformedURLException;
import java.util.HashMap;
import java.util.Map;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.security.sasl.SaslException;

/** A link to a process of this machine or to the address of a JMX connector, which connects again when it is lost. */
public final class RemoteLink implements Link {
    private static final String FETCH_MILLIS = "5000";
    private final String target;
    private final Map<String, Object> environment = new HashMap<>();
    private JMXConnector connector;

    /**
     * Creates a link; it connects later.
     *
     * @param target the id of a process, {@code host:port}, or a URL that begins with {@code service:jmx:}
     * @param credentials user and password; {@code null} for none
     * @throws IllegalArgumentException if the target is none of these
     */
    public RemoteLink(String target, String[] credentials) {
        this.target = target.strip();
        if (!isProcess()) {
            url(this.target);
        }
        // less than the time after which Main gives up waiting for an answer
        environment.put("jmx.remote.x.fetch.timeout", FETCH_MILLIS);
        if (credentials != null) {
            environment.put(JMXConnector.CREDENTIALS, credentials.clone());
        }
    }

    private boolean isProcess() {
        return target.matches("\\d{1,10}");
    }

    private static JMXServiceURL url(String target) {
        boolean hostAndPort = target.matches("[^\\s/]+:\\d{1,5}");
        try {
            return new JMXServiceURL(hostAndPort ? "service:jmx:rmi:///jndi/rmi://" + target + "/jmxrmi" : target);
        } catch (MalformedURLException bad) {
            throw new IllegalArgumentException(
                    "the JVM must be the id of a process, host:port, or a URL that begins with service:jmx:, but was "
                            + Text.shown(target),
                    bad);
        }
    }

    @Override
    public MBeanServerConnection connection() throws IOException {
        if (connector == null) {
            try {
                JMXConnector made = JMXConnectorFactory.newJMXConnector(
                        url(isProcess() ? Attachment.address(target) : target), environment);
                made.connect(environment);
                connector = made;
            } catch (MalformedURLException unknown) {
                throw new IOException(
                        "the class path has no JMX client for " + target
                                + "; add that of the server, such as bin/client/jboss-cli-client.jar of WildFly",
                        unknown);
            } catch (SecurityException | SaslException refused) {
                throw new IOException(target + " refuses the user or the password: " + refused.getMessage(), refused);
            }
        }
        return connector.getMBeanServerConnection();
    }

    @Override
    public void lost() {
        close();
    }

    @Override
    public String title() {
        // that of a connector without a registry has its whole stub in it
        return target.replaceFirst("/stub/.*", "/stub");
    }

    @Override
    public void close() {
        JMXConnector closed = connector;
        connector = null;
        if (closed == null) {
            return;
        }
        // a thread of its own: closing waits for a server that does not answer
        Thread closing = new Thread(
                () -> {
                    try {
                        closed.close();
                    } catch (IOException gone) {
                        // it was closed by the other side
                    }
                },
                "switchgear-console-close");
        closing.setDaemon(true);
        closing.start();
    }
}
