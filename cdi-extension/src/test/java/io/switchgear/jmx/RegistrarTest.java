// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.store.SavedSettings;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.Test;

/** How {@link Registrar} names MBeans whose names are taken. */
class RegistrarTest {
    private static final String ALL = "io.switchgear:type=CircuitBreakers,application=shop";
    private static final String ORDERS = ALL + ",name=\"orders\"";

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    private static Breaker breaker(String name) {
        return new Breaker(name, BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
    }

    private BreakerMBeans deployed(String archive) {
        BreakerMBeans mbeans = new BreakerMBeans("shop", location(archive), true, SavedSettings.none(), Runnable::run);
        mbeans.add(breaker("orders"), Origin.CODE);
        mbeans.open(server, archive);
        return mbeans;
    }

    /** Deploys another archive that contains the library, and so has its own classes. */
    private AutoCloseable deployedByAnotherCopy(String archive, String name) throws Exception {
        URL[] same = Stream.of(BreakerMBeans.class, TestConsole.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        ClassLoader copy = new URLClassLoader(same, ClassLoader.getPlatformClassLoader());
        Class<?> settings = copy.loadClass(BreakerSettings.class.getName());
        Class<?> rule = copy.loadClass(FailureRule.class.getName());
        Object breaker = copy.loadClass(Breaker.class.getName())
                .getConstructor(String.class, settings, rule, Consumer.class)
                .newInstance(
                        name,
                        settings.getMethod("defaults").invoke(null),
                        rule.getField("ANY").get(null),
                        (Consumer<Object>) transition -> {});
        Class<?> saved = copy.loadClass(SavedSettings.class.getName());
        Class<?> type = copy.loadClass(BreakerMBeans.class.getName());
        Object mbeans = type.getConstructor(String.class, String.class, boolean.class, saved, Executor.class)
                .newInstance(
                        "shop", location(archive), true, saved.getMethod("none").invoke(null), (Executor)
                                Runnable::run);
        Class<?> origin = copy.loadClass(Origin.class.getName());
        type.getMethod("add", copy.loadClass("io.switchgear.CircuitBreaker"), origin)
                .invoke(mbeans, breaker, origin.getField("CODE").get(null));
        type.getMethod("open", MBeanServer.class, String.class).invoke(mbeans, server, archive);
        return (AutoCloseable) mbeans;
    }

    private static String location(String archive) {
        return archive.isEmpty() ? "" : "file:/deployments/" + archive;
    }

    private Stream<String> names() {
        return server.queryNames(null, null).stream()
                .filter(name -> name.getDomain().equals("io.switchgear"))
                .map(ObjectName::toString);
    }

    private void assertNothingLeft() {
        assertThat(names()).isEmpty();
    }

    @Test
    void anotherArchiveOfTheApplicationIsDistinguishedByItsName() throws Exception {
        BreakerMBeans first = deployed("web1.war");
        AutoCloseable second = deployedByAnotherCopy("web2.war", "orders");
        assertThat(names())
                .containsExactlyInAnyOrder(ALL, ORDERS, ALL + ",archive=web2.war", ORDERS + ",archive=web2.war");
        first.close();
        assertThat(names()).containsExactlyInAnyOrder(ALL + ",archive=web2.war", ORDERS + ",archive=web2.war");
        second.close();
        assertNothingLeft();
    }

    @Test
    void whatAnEarlierDeploymentLeftBehindIsReplacedAndNotRemovedByIt() throws Exception {
        AutoCloseable left = deployedByAnotherCopy("shop.war", "orders");
        BreakerMBeans mbeans = deployed("shop.war");
        assertThat(names()).containsExactlyInAnyOrder(ALL, ORDERS);
        assertThat(server.getClassLoaderFor(new ObjectName(ORDERS)))
                .isSameAs(getClass().getClassLoader());
        left.close();
        assertThat(names()).containsExactlyInAnyOrder(ALL, ORDERS);
        mbeans.close();
        assertNothingLeft();
    }

    /** A container may report no end of a deployment that fails, and the next one may have other breakers. */
    @Test
    void whatAnEarlierDeploymentLeftBehindIsRemovedUnderOtherNamesToo() throws Exception {
        deployedByAnotherCopy("shop.war", "users");
        AutoCloseable neighbour = deployedByAnotherCopy("market.war", "users");
        BreakerMBeans mbeans = deployed("shop.war");
        String users = ORDERS.replace("orders", "users") + ",archive=market.war";
        assertThat(names()).containsExactlyInAnyOrder(ALL, ORDERS, ALL + ",archive=market.war", users);
        mbeans.close();
        neighbour.close();
        assertNothingLeft();
    }

    @Test
    void twoOfOneCopyAreNumbered() throws Exception {
        BreakerMBeans first = deployed("");
        BreakerMBeans second = deployed("");
        BreakerMBeans third = deployed("shop.war");
        assertThat(names())
                .containsExactlyInAnyOrder(
                        ALL,
                        ORDERS,
                        ALL + ",instance=2",
                        ORDERS + ",instance=2",
                        ALL + ",archive=shop.war",
                        ORDERS + ",archive=shop.war");
        first.close();
        second.close();
        third.close();
        third.close();
        assertNothingLeft();
    }

    public interface Stranger {}

    @Test
    void anApplicationOfUnknownOriginIsNeverTakenForLeftOver() throws Exception {
        AutoCloseable living = deployedByAnotherCopy("", "orders");
        BreakerMBeans mbeans = deployed("");
        assertThat(names()).containsExactlyInAnyOrder(ALL, ORDERS, ALL + ",instance=2", ORDERS + ",instance=2");
        mbeans.close();
        living.close();
        assertNothingLeft();
    }

    /** The key goes into the names of breakers too, so that consoles show them below the MBean that changes them. */
    @Test
    void breakersAreDistinguishedAsTheWholeIs() throws Exception {
        server.registerMBean(new StandardMBean(new Stranger() {}, Stranger.class), new ObjectName(ALL));
        BreakerMBeans mbeans = deployed("shop.war");
        assertThat(names()).containsExactlyInAnyOrder(ALL, ALL + ",archive=shop.war", ORDERS + ",archive=shop.war");
        mbeans.close();
    }

    @Test
    void theMBeanOfAnotherLibraryIsLeftAlone() throws Exception {
        server.registerMBean(new StandardMBean(new Stranger() {}, Stranger.class), new ObjectName(ORDERS));
        BreakerMBeans mbeans = deployed("shop.war");
        assertThat(names()).containsExactlyInAnyOrder(ALL, ORDERS, ORDERS + ",archive=shop.war");
        mbeans.close();
        assertThat(names()).containsExactly(ORDERS);
    }

    @Test
    void nothingIsVisibleBeforeItIsOpenNorAfterItIsClosed() {
        BreakerMBeans mbeans = new BreakerMBeans("shop", "", true, SavedSettings.none(), Runnable::run);
        mbeans.add(breaker("orders"), Origin.CODE);
        assertNothingLeft();
        mbeans.open(server, "");
        mbeans.add(breaker("late"), Origin.CODE);
        assertThat(names()).hasSize(3);
        mbeans.close();
        mbeans.open(server, "");
        mbeans.add(breaker("later"), Origin.CODE);
        assertNothingLeft();
    }
}
