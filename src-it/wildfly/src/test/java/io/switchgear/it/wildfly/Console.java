package io.switchgear.it.wildfly;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.NotificationListener;
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

    static Console connect() throws IOException {
        return connect(System.getProperty("server.management.port"));
    }

    @SuppressWarnings("BanJNDI") // an address of our own
    static Console connect(String managementPort) throws IOException {
        return new Console(JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:remote+http://127.0.0.1:" + managementPort)));
    }

    /** As {@code jconsole <pid>} does it, with the JDK's connector. */
    @SuppressWarnings("BanJNDI") // an address of our own
    static Console attachedTo(long processId) throws IOException {
        try {
            VirtualMachine process = VirtualMachine.attach(String.valueOf(processId));
            try {
                return new Console(JMXConnectorFactory.connect(new JMXServiceURL(process.startLocalManagementAgent())));
            } finally {
                process.detach();
            }
        } catch (AttachNotSupportedException refused) {
            throw new IOException("no connection to process " + processId, refused);
        }
    }

    /** All MBeans of ours, whatever application they are of. */
    Set<ObjectName> breakers() throws IOException, JMException {
        return server.queryNames(new ObjectName("io.switchgear:*"), null);
    }

    Set<ObjectName> breakers(String application) throws IOException, JMException {
        return server.queryNames(
                new ObjectName("io.switchgear:type=CircuitBreakers,name=*,application=" + application + ",*"), null);
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

    /** What stands for all breakers of an application, and can be worked on in the same way. */
    BreakerMBean all(String application) throws JMException {
        return new BreakerMBean(new ObjectName("io.switchgear:type=CircuitBreakers,application=" + application));
    }

    /** The meters of applications that have no registry of their own, but the means for one. */
    Set<ObjectName> meters() throws IOException, JMException {
        return server.queryNames(new ObjectName("io.switchgear.metrics.*:*"), null);
    }

    List<String> domains() throws IOException {
        return List.of(server.getDomains());
    }

    /** The id of the server's process. */
    long processId() throws IOException, JMException {
        return (long) server.getAttribute(new ObjectName("java.lang:type=Runtime"), "Pid");
    }

    /** How many classes of this name are alive after a full garbage collection, of as many class loaders. */
    long copies(Class<?> type) throws IOException, JMException {
        String histogram = diagnose("gcClassHistogram");
        return histogram
                .lines()
                .filter(line -> List.of(line.strip().split("\\s+")).contains(type.getName()))
                .count();
    }

    /** What {@code jcmd} does: the command {@code JFR.start} is {@code jfrStart} here. */
    String diagnose(String command, String... arguments) throws IOException, JMException {
        return (String) server.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                command,
                new Object[] {arguments},
                new String[] {String[].class.getName()});
    }

    /** How many threads have names that begin like this. */
    long threads(String start) throws IOException {
        ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith(start))
                .count();
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

        ObjectName name() {
            return name;
        }

        /** Until this console is closed. */
        void subscribe(NotificationListener listener) throws IOException, JMException {
            server.addNotificationListener(name, listener, null, null);
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

        /**
         * Gives what the operation answers.
         *
         * @param parameters text or whole numbers
         */
        Object run(String operation, Object... parameters) throws IOException, JMException {
            String[] signature = Stream.of(parameters)
                    .map(parameter -> parameter instanceof Integer ? "int" : String.class.getName())
                    .toArray(String[]::new);
            return server.invoke(name, operation, parameters, signature);
        }

        /** Puts into {@code heard} what is sent from now on. */
        void subscribe(List<Notification> heard) throws IOException, JMException {
            server.addNotificationListener(name, (notification, handback) -> heard.add(notification), null, null);
        }
    }
}
