package io.switchgear.it.wildfly;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What JConsole does: connects to the server from another process and works on its MBeans. */
final class Console implements AutoCloseable {
    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private Console(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    @SuppressWarnings("BanJNDI") // an address of our own
    static Console connect() throws IOException {
        return new Console(JMXConnectorFactory.connect(new JMXServiceURL(
                "service:jmx:remote+http://127.0.0.1:" + System.getProperty("server.management.port"))));
    }

    /** All MBeans of ours, whatever application they are of. */
    Set<ObjectName> breakers() throws IOException, JMException {
        return server.queryNames(new ObjectName("io.switchgear:*"), null);
    }

    Set<ObjectName> breakers(String application) throws IOException, JMException {
        return server.queryNames(new ObjectName("io.switchgear:name=*,application=" + application + ",*"), null);
    }

    /** The applications that have MBeans of ours. */
    Set<String> applications() throws IOException, JMException {
        return breakers().stream()
                .map(name -> name.getKeyProperty("application"))
                .collect(Collectors.toSet());
    }

    BreakerMBean breaker(String application, String name) throws JMException {
        return new BreakerMBean(new ObjectName(
                "io.switchgear:type=CircuitBreakers,application=" + application + ",name=" + ObjectName.quote(name)));
    }

    BreakerMBean breaker(ObjectName name) {
        return new BreakerMBean(name);
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }

    /** One breaker. */
    final class BreakerMBean {
        private final ObjectName name;

        private BreakerMBean(ObjectName name) {
            this.name = name;
        }

        MBeanInfo info() throws IOException, JMException {
            return server.getMBeanInfo(name);
        }

        Object get(String attribute) throws IOException, JMException {
            return server.getAttribute(name, attribute);
        }

        AttributeList all(List<String> attributes) throws IOException, JMException {
            return server.getAttributes(name, attributes.toArray(String[]::new));
        }

        /** What was set: all of it or nothing. */
        AttributeList setAll(AttributeList attributes) throws IOException, JMException {
            return server.setAttributes(name, attributes);
        }

        void set(String attribute, Object value) throws IOException, JMException {
            server.setAttribute(name, new Attribute(attribute, value));
        }

        void run(String operation) throws IOException, JMException {
            server.invoke(name, operation, new Object[0], new String[0]);
        }

        void run(String operation, String reason) throws IOException, JMException {
            server.invoke(name, operation, new Object[] {reason}, new String[] {String.class.getName()});
        }

        /** Gives what the operation answers. */
        Object call(String operation, Object... parameters) throws IOException, JMException {
            String[] signature = Arrays.stream(parameters)
                    .map(parameter -> parameter instanceof Integer
                            ? "int"
                            : parameter.getClass().getName())
                    .toArray(String[]::new);
            return server.invoke(name, operation, parameters, signature);
        }

        /** Puts into {@code heard} what is sent from now on. */
        void subscribe(List<Notification> heard) throws IOException, JMException {
            server.addNotificationListener(name, (notification, handback) -> heard.add(notification), null, null);
        }
    }
}
