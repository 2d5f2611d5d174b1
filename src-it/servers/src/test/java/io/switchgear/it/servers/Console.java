// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** A JMX client like JConsole: connects to the server from another process and uses its MBeans. */
public final class Console implements AutoCloseable {
    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private Console(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    /** Connects by WildFly's connector, and to other servers as {@code jconsole <pid>} does. */
    public static Console connect() throws IOException {
        return isWildFly()
                ? connect(System.getProperty("server.management.port"))
                : attachedTo(Server.process().orElseThrow().pid());
    }

    /** Returns the name by which the server knows the user of {@link #connect()}. */
    static String user() {
        return isWildFly() ? "$local" : "unknown user";
    }

    private static boolean isWildFly() {
        return System.getProperty("server.name", "wildfly").equals("wildfly");
    }

    @SuppressWarnings("BanJNDI") // an address of our own
    public static Console connect(String managementPort) throws IOException {
        return new Console(JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:remote+http://127.0.0.1:" + managementPort)));
    }

    /** Connects by the connector that the server offers to other machines, with its user if it has one. */
    @SuppressWarnings("BanJNDI") // an address of our own
    static Console byConnectorOfTheServer(String password) throws IOException {
        String user = System.getProperty("server.jmx.user", "");
        Map<String, Object> environment = new HashMap<>();
        if (!user.isEmpty()) {
            environment.put(JMXConnector.CREDENTIALS, new String[] {user, password});
        }
        // Liberty's has its own client, and a certificate for the name of the machine
        environment.put(JMXConnectorFactory.PROTOCOL_PROVIDER_PACKAGES, "com.ibm.ws.jmx.connector.client");
        environment.put("com.ibm.ws.jmx.connector.client.disableURLHostnameVerification", true);
        return new Console(
                JMXConnectorFactory.connect(new JMXServiceURL(System.getProperty("server.jmx.url")), environment));
    }

    /** Connects as {@code jconsole <pid>} does, with the JDK's connector. */
    @SuppressWarnings("BanJNDI") // an address of our own
    public static Console attachedTo(long processId) throws IOException {
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

    /** Returns the MBeans of the library, of all applications. */
    public Set<ObjectName> breakers() throws IOException, JMException {
        return server.queryNames(new ObjectName("io.switchgear:*"), null);
    }

    public Set<ObjectName> breakers(String application) throws IOException, JMException {
        return server.queryNames(
                new ObjectName("io.switchgear:type=CircuitBreakers,name=*,application=" + application + ",*"), null);
    }

    /** Returns the applications that have such MBeans. */
    public Set<String> applications() throws IOException, JMException {
        return breakers().stream()
                .map(name -> name.getKeyProperty("application"))
                .collect(Collectors.toSet());
    }

    public RemoteMBean breaker(String application, String name) throws JMException {
        return named("CircuitBreakers", application, name);
    }

    /** Returns the MBean of a breaker or a layer, by its type, such as {@code Retries}. */
    public RemoteMBean named(String type, String application, String name) throws JMException {
        return new RemoteMBean(new ObjectName(
                "io.switchgear:type=" + type + ",application=" + application + ",name=" + ObjectName.quote(name)));
    }

    public RemoteMBean breaker(ObjectName name) {
        return new RemoteMBean(name);
    }

    /** Returns the MBean of all breakers of an application. */
    public RemoteMBean all(String application) throws JMException {
        return new RemoteMBean(new ObjectName("io.switchgear:type=CircuitBreakers,application=" + application));
    }

    /** Returns the MBean of the fleet that runs an application. */
    public RemoteMBean fleet(String application) throws JMException {
        return new RemoteMBean(new ObjectName("io.switchgear:type=Fleet,application=" + application));
    }

    /** Returns the meters of applications without a meter registry, but with Micrometer's for JMX. */
    public Set<ObjectName> meters() throws IOException, JMException {
        return server.queryNames(new ObjectName("io.switchgear.metrics.*:*"), null);
    }

    public List<String> domains() throws IOException {
        return List.of(server.getDomains());
    }

    /** Returns the id of the server's process. */
    public long processId() throws IOException, JMException {
        return (long) server.getAttribute(new ObjectName("java.lang:type=Runtime"), "Pid");
    }

    /** Returns the number of classes with this name, in different class loaders, after a full garbage collection. */
    public long copies(Class<?> type) throws IOException, JMException {
        String histogram = diagnose("gcClassHistogram");
        return histogram
                .lines()
                .filter(line -> List.of(line.strip().split("\\s+")).contains(type.getName()))
                .count();
    }

    /** Runs a command of {@code jcmd}: {@code JFR.start} is {@code jfrStart} here. */
    public String diagnose(String command, String... arguments) throws IOException, JMException {
        return (String) server.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                command,
                new Object[] {arguments},
                new String[] {String[].class.getName()});
    }

    /** Returns the number of threads whose names begin with {@code start}. */
    public long threads(String start) throws IOException {
        ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        return Threads.named(start, threads);
    }

    /** Collects the garbage of the server, which otherwise may not do so for minutes. */
    public void collectGarbage() throws IOException {
        ManagementFactory.newPlatformMXBeanProxy(server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class)
                .gc();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }

    /** An MBean of the server: of a breaker, a layer, all breakers of an application, or a meter. */
    public final class RemoteMBean {
        private final ObjectName name;

        private RemoteMBean(ObjectName name) {
            this.name = name;
        }

        public ObjectName name() {
            return name;
        }

        /** Subscribes until this console is closed. */
        public void subscribe(NotificationListener listener) throws IOException, JMException {
            server.addNotificationListener(name, listener, null, null);
        }

        public MBeanInfo info() throws IOException, JMException {
            return server.getMBeanInfo(name);
        }

        public Object get(String attribute) throws IOException, JMException {
            return server.getAttribute(name, attribute);
        }

        public AttributeList all(List<String> attributes) throws IOException, JMException {
            return server.getAttributes(name, attributes.toArray(String[]::new));
        }

        /** Sets all attributes or none; returns those that were set. */
        public AttributeList setAll(AttributeList attributes) throws IOException, JMException {
            return server.setAttributes(name, attributes);
        }

        public void set(String attribute, Object value) throws IOException, JMException {
            server.setAttribute(name, new Attribute(attribute, value));
        }

        /**
         * Invokes an operation and returns its result.
         *
         * @param parameters text or whole numbers
         */
        public Object run(String operation, Object... parameters) throws IOException, JMException {
            String[] signature = Stream.of(parameters)
                    .map(parameter -> parameter instanceof Integer ? "int" : String.class.getName())
                    .toArray(String[]::new);
            return server.invoke(name, operation, parameters, signature);
        }

        /** Adds all notifications from now on to {@code received}. */
        public void subscribe(List<Notification> received) throws IOException, JMException {
            server.addNotificationListener(name, (notification, handback) -> received.add(notification), null, null);
        }
    }
}
