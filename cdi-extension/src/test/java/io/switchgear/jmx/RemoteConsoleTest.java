// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.message.RecordedLog;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.server.RMIServerSocketFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXPrincipal;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.security.auth.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A console at the JDK's own connector, with users and an access file, as {@code -Dcom.sun.management.jmxremote} sets
 * it up.
 */
class RemoteConsoleTest {
    private static final String ORDERS = "orders";

    private final TestConsole console = new TestConsole(ORDERS, "users");
    private final ObjectName name = TestConsole.name(ORDERS);
    private final RecordedLog log = new RecordedLog();
    private JMXConnectorServer connector;
    private JMXConnector asAlice;
    private MBeanServerConnection alice;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        Path access =
                Files.writeString(directory.resolve("access"), "alice readwrite\ncode readwrite\nmonitor readonly\n");
        RMIServerSocketFactory loopback = port -> new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
        connector = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("rmi", "127.0.0.1", 0),
                Map.of(
                        JMXConnectorServer.AUTHENTICATOR,
                        (JMXAuthenticator) credentials -> subject(((String[]) credentials)[0]),
                        "jmx.remote.x.access.file",
                        access.toString(),
                        RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE,
                        loopback),
                console.server);
        connector.start();
        asAlice = connected("alice");
        alice = asAlice.getMBeanServerConnection();
    }

    @AfterEach
    void stop() throws Exception {
        log.close();
        asAlice.close();
        connector.stop();
        console.close();
    }

    private static Subject subject(String user) {
        return new Subject(true, Set.of(new JMXPrincipal(user)), Set.of(), Set.of());
    }

    @SuppressWarnings("BanJNDI") // a stub of our own connector, on the loopback address
    private JMXConnector connected(String user) throws Exception {
        return JMXConnectorFactory.connect(
                connector.getAddress(), Map.of(JMXConnector.CREDENTIALS, new String[] {user, ""}));
    }

    private List<String> audit() {
        return log.lines().stream()
                .filter(line -> line.contains("SGR0005") || line.contains("SGR0006"))
                .toList();
    }

    @Test
    void aUserIsNotTakenForCodeOrConfiguration() throws Exception {
        try (JMXConnector asCode = connected("code")) {
            asCode.getMBeanServerConnection().setAttribute(name, new Attribute("FailureThreshold", 7));
        }
        assertThat(alice.getAttribute(name, "LastChange").toString()).endsWith(", by \"code\" at 127.0.0.1");
    }

    @Test
    void theAuthorAndAddressOfAChangeAreShownAndAudited() throws Exception {
        alice.setAttribute(name, new Attribute("FailureThreshold", 7));
        assertThat(alice.getAttribute(name, "LastChange").toString())
                .endsWith("Z FailureThreshold from 3 to 7, by alice at 127.0.0.1");
        alice.invoke(name, "forceOpen", new Object[] {"drill"}, new String[] {"java.lang.String"});
        assertThatThrownBy(() -> alice.setAttribute(name, new Attribute("FailureThreshold", 0)))
                .isNotNull();
        assertThat(alice.getAttribute(name, "LastRefusedChange").toString())
                .contains("Z Fail")
                .endsWith(", by alice at 127.0.0.1");
        assertThat(audit())
                .containsExactly(
                        "INFO SGR0005: orders: FailureThreshold from 3 to 7, by alice at 127.0.0.1",
                        "INFO SGR0005: orders: mode FORCED_OPEN: drill, by alice at 127.0.0.1",
                        "WARNING SGR0006: orders: a request by alice at 127.0.0.1 was refused: FailureThreshold must be a whole number >= 1 and"
                                + " <= 1000000 but was 0");
    }

    @Test
    void theReadonlyRoleSeesEverythingAndChangesNothing() throws Exception {
        try (JMXConnector connected = connected("monitor")) {
            MBeanServerConnection monitor = connected.getMBeanServerConnection();
            for (ObjectName each : List.of(name, TestConsole.name(""))) {
                MBeanInfo info = monitor.getMBeanInfo(each);
                String[] names = Arrays.stream(info.getAttributes())
                        .map(MBeanAttributeInfo::getName)
                        .toArray(String[]::new);
                assertThat(monitor.getAttributes(each, names)).hasSameSizeAs(names);
                for (MBeanOperationInfo operation : info.getOperations()) {
                    Object[] given = new Object[operation.getSignature().length];
                    String[] signature = Arrays.stream(operation.getSignature())
                            .map(parameter -> parameter.getType())
                            .toArray(String[]::new);
                    assertThatThrownBy(() -> monitor.invoke(each, operation.getName(), given, signature))
                            .as(operation.getName())
                            .isInstanceOf(SecurityException.class);
                }
            }
            for (Setting setting : Setting.of(TunableKind.BREAKER)) {
                assertThatThrownBy(() -> monitor.setAttribute(name, new Attribute(setting.attributeName(), 1)))
                        .isInstanceOf(SecurityException.class);
            }
            BlockingQueue<Notification> received = new LinkedBlockingQueue<>();
            monitor.addNotificationListener(TestConsole.name(""), (notice, none) -> received.add(notice), null, null);
            alice.invoke(name, "reset", new Object[0], new String[0]);
            assertThat(received.poll(30, TimeUnit.SECONDS))
                    .extracting(Notification::getMessage)
                    .isEqualTo("orders: CLOSED, was CLOSED: reset, by alice at 127.0.0.1");
        }
    }

    private static Stream<Object> good(Setting setting) {
        if (setting.range() == null) {
            return setting.legalValues().stream().map(value -> (Object) value);
        }
        long min = setting.range().min() + (setting.range().above() ? 1 : 0);
        long max = setting.range().max();
        return Stream.of(min, (int) min, (double) min, " " + min + " ", max, (double) max, max + "");
    }

    private static Stream<Object> bad(Setting setting) {
        Stream<Object> always = Stream.of(
                "",
                " ",
                "many",
                "0x10",
                "1e400",
                "NaN",
                true,
                'x',
                Instant.EPOCH,
                new int[] {1},
                List.of(1),
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                1e300);
        if (setting.range() == null) {
            return Stream.concat(always, Stream.of("call_window", 0, 1))
                    .filter(value -> setting.type() != boolean.class || !value.equals(true));
        }
        long below = setting.range().min() - (setting.range().above() ? 0 : 1);
        long beyond = setting.range().max() + 1;
        Stream<Object> outside = Stream.of(below, beyond, below + "", beyond + "", (double) below, (double) beyond);
        Stream<Object> broken = setting.type() == double.class ? Stream.of() : Stream.of(2.5, "2.5", 1.0000001);
        return Stream.of(always, outside, broken).flatMap(part -> part);
    }

    static List<Setting> settings() {
        return Setting.of(TunableKind.BREAKER);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void eachSettingTakesItsBoundsAndRefusesWhatIsOutsideInASentence(Setting setting) throws Exception {
        String attribute = setting.attributeName();
        for (Object value : good(setting).toList()) {
            alice.setAttribute(name, new Attribute(attribute, value));
            Object shown = alice.getAttribute(name, attribute);
            if (shown instanceof Number number) {
                assertThat(number.doubleValue())
                        .isEqualTo(Double.parseDouble(value.toString().strip()));
            } else {
                assertThat(shown).isEqualTo(value);
            }
        }
        Object before = alice.getAttribute(name, attribute);
        List<Object> bad = new ArrayList<>(bad(setting).toList());
        bad.add(null);
        log.lines().clear();
        for (Object value : bad) {
            assertThatThrownBy(() -> alice.setAttribute(name, new Attribute(attribute, value)))
                    .as("%s", value)
                    .isExactlyInstanceOf(InvalidAttributeValueException.class)
                    .message()
                    .startsWith(attribute + " must be ")
                    .contains(" but was ")
                    .contains(
                            setting.range() == null
                                    ? String.join(", ", setting.legalValues())
                                    : setting.range().toString())
                    .doesNotContain("\n");
            assertThat(alice.getAttribute(name, attribute)).isEqualTo(before);
            assertThat(alice.getAttribute(name, "LastRefusedChange").toString())
                    .contains("Z " + attribute + " must be ")
                    .endsWith(", by alice at 127.0.0.1");
        }
        // a user has at most 20 different refusals in a minute in the log
        assertThat(audit())
                .hasSize(Math.min(20, bad.size()))
                .allMatch(line ->
                        line.startsWith("WARNING SGR0006: orders: a request by alice at 127.0.0.1 was refused"));
    }

    @Test
    void contradictionsNameBothSettings() throws Exception {
        alice.setAttribute(name, new Attribute("TripOn", "CALL_WINDOW"));
        assertThatThrownBy(() -> alice.setAttribute(name, new Attribute("MinimumCalls", 101)))
                .hasMessage("MinimumCalls must be <= WindowCalls (100, the default) but was 101");
        assertThatThrownBy(() -> alice.setAttribute(name, new Attribute("WindowCalls", 19)))
                .hasMessage("MinimumCalls must be <= WindowCalls (19) but was 20, the default");
        alice.setAttribute(name, new Attribute("OpenBackoffFactor", 2));
        assertThatThrownBy(() -> alice.setAttribute(name, new Attribute("OpenMaxMillis", 1)))
                .message()
                .contains("OpenMaxMillis", "OpenMillis (60000, the default)");
    }

    /** Takes a fraction of a second; to read some of these values would take longer than a lifetime. */
    @Test
    @Timeout(20)
    void whatIsCostlyToReadIsRefusedUnread() throws Exception {
        Object nested = List.of(1);
        for (int depth = 0; depth < 40; depth++) {
            nested = Arrays.asList(nested, nested);
        }
        for (Object value : List.of(nested, "9".repeat(1_000_000), new BigInteger("9".repeat(10_000)), "1e999999999")) {
            assertThatThrownBy(() -> alice.setAttribute(name, new Attribute("FailureThreshold", value)))
                    .isExactlyInstanceOf(InvalidAttributeValueException.class)
                    .message()
                    .hasSizeLessThan(250);
            assertThatThrownBy(() -> alice.invoke(
                            name, "forceOpenFor", new Object[] {value, value}, new String[] {"int", "java.lang.String"
                            }))
                    .isInstanceOf(RuntimeMBeanException.class);
        }
        String pattern = "*?".repeat(20) + "~";
        assertThatThrownBy(() -> alice.invoke(
                        TestConsole.name(""), "reset", new Object[] {pattern}, new String[] {"java.lang.String"}))
                .isInstanceOf(RuntimeMBeanException.class);
    }

    @Test
    void hostileTextBreaksNeitherLogNorConsole() throws Exception {
        String text = "up\r\n2026-01-01 SGR0005: forged\u0000\u001b[31m\u2028" + "x".repeat(10_000);
        alice.invoke(name, "forceOpen", new Object[] {text}, new String[] {"java.lang.String"});
        alice.invoke(
                TestConsole.name(""), "forceOpen", new Object[] {"*", text}, new String[] {"java.lang.String", ""});
        assertThatThrownBy(() -> alice.setAttribute(name, new Attribute("Mode", text)))
                .isInstanceOf(InvalidAttributeValueException.class);
        assertThatThrownBy(() -> alice.setAttribute(name, new Attribute(text, 1)))
                .isNotNull();
        assertThatThrownBy(() -> alice.invoke(
                        name, "changeSettings", new Object[] {text + "=1"}, new String[] {"java.lang.String"}))
                .isNotNull();
        assertThat(log.lines())
                .hasSizeGreaterThan(4)
                .allSatisfy(line -> assertThat(line)
                        .hasSizeLessThan(2_500)
                        .doesNotContainPattern("[\\p{Cntrl}\\u2028\\u2029\\u0085]"));
        for (Object shown : List.of(
                alice.getAttribute(name, "ModeReason"),
                alice.getAttribute(name, "LastChange"),
                alice.getAttribute(name, "LastRefusedChange"))) {
            assertThat(shown.toString()).hasSizeLessThan(2_500).doesNotContainPattern("[\\p{Cntrl}\\u2028]");
        }
    }
}
