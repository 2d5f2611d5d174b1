// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.store.SavedSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other code in the MBean server that removes our MBeans, takes their names, or breaks the server. */
class StrangersInTheServerTest {
    private static List<String> gone(RecordedLog log) {
        return log.lines().stream().filter(line -> line.contains("SGR0008")).toList();
    }

    @Test
    void aRemovedMBeanIsReportedAtOnceAndOnlyOnce() throws Exception {
        try (RecordedLog log = new RecordedLog()) {
            TestConsole console = new TestConsole("orders", "users");
            console.server.unregisterMBean(TestConsole.name("orders"));
            assertThat(gone(log))
                    .singleElement()
                    .asString()
                    .contains("\"orders\"", "missing in JMX until the next start");
            console.fail("orders", 3);
            assertThat(console.breakers.get("orders").snapshot().state()).hasToString("OPEN");
            assertThat(console.server.isRegistered(TestConsole.name("orders"))).isFalse();
            console.close();
            assertThat(gone(log)).hasSize(1);
            assertThat(console.server.isRegistered(TestConsole.name("users"))).isFalse();
        }
    }

    @Test
    void theMBeansThatThisLibraryRemovesAreNotReported() {
        try (RecordedLog log = new RecordedLog()) {
            TestConsole console = new TestConsole("orders", "users");
            console.mbeans.remove(console.breakers.get("orders"));
            console.close();
            assertThat(log.lines()).noneMatch(line -> line.contains("WARNING"));
        }
    }

    @Test
    void whatAStrangerRegistersInItsPlaceStays() throws Exception {
        TestConsole console = new TestConsole("orders");
        console.server.unregisterMBean(TestConsole.name("orders"));
        // of our own class loader, as a library that applications share
        Runnable foreign = () -> {};
        console.server.registerMBean(new StandardMBean(foreign, Runnable.class), TestConsole.name("orders"));
        console.close();
        assertThat(console.server.isRegistered(TestConsole.name("orders"))).isTrue();
    }

    @Test
    void aStrangerThatRemovesThousandsDoesNotFillTheLog() throws Exception {
        try (RecordedLog log = new RecordedLog()) {
            String[] names = IntStream.range(0, 2_000).mapToObj(i -> "b" + i).toArray(String[]::new);
            TestConsole console = new TestConsole(names);
            for (ObjectName name : console.server.queryNames(TestConsole.objectName("io.switchgear:*"), null)) {
                console.server.unregisterMBean(name);
            }
            console.close();
            assertThat(gone(log)).hasSize(20);
        }
    }

    /** Returns a server whose method of a name throws, as an interceptor may. */
    private static MBeanServer broken(MBeanServer server, String method, Throwable thrown) {
        return (MBeanServer) Proxy.newProxyInstance(
                StrangersInTheServerTest.class.getClassLoader(),
                new Class<?>[] {MBeanServer.class},
                (proxy, called, parameters) -> {
                    if (called.getName().equals(method)) {
                        throw thrown;
                    }
                    try {
                        return called.invoke(server, parameters);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"registerMBean", "unregisterMBean", "isRegistered", "getMBeanInfo", "getClassLoaderFor"})
    void aServerThatThrowsStopsNoApplication(String method) {
        for (Throwable thrown : List.of(
                new IllegalStateException("no"),
                new SecurityException("no"),
                new NoClassDefFoundError("x"),
                new AssertionError())) {
            MBeanServer server = MBeanServerFactory.newMBeanServer();
            for (int deployment = 0; deployment < 2; deployment++) {
                BreakerMBeans mbeans = new BreakerMBeans("shop", "x", true, SavedSettings.none(), Runnable::run);
                Breaker breaker = new Breaker("orders", BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
                breaker.listenFirst(mbeans.add(breaker, Origin.CODE));
                assertThatCode(() -> {
                            mbeans.open(broken(server, method, thrown), "");
                            breaker.forceOpen("test");
                            mbeans.remove(breaker);
                            mbeans.close();
                        })
                        .as("%s throws %s", method, thrown)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void aStrangerThatTookAllNamesFirstStopsNoApplication() throws Exception {
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        Runnable foreign = () -> {};
        String name = TestConsole.name("").toString();
        server.registerMBean(new StandardMBean(foreign, Runnable.class), TestConsole.objectName(name));
        for (int instance = 2; instance <= 100; instance++) {
            server.registerMBean(
                    new StandardMBean(foreign, Runnable.class), TestConsole.objectName(name + ",instance=" + instance));
        }
        Set<ObjectName> before = server.queryNames(TestConsole.objectName("io.switchgear:*"), null);
        try (RecordedLog log = new RecordedLog()) {
            BreakerMBeans mbeans = new BreakerMBeans("shop", "", true, SavedSettings.none(), Runnable::run);
            mbeans.open(server, "");
            assertThat(log.lines()).anyMatch(line -> line.contains("SGR0010"));
            mbeans.close();
        }
        assertThat(server.queryNames(TestConsole.objectName("io.switchgear:*"), null))
                .isEqualTo(before);
    }
}
