// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.store.SavedSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerFactory;
import javax.management.Notification;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JMX listener that throws must not keep others from being notified. */
class ListenersThatThrowTest {
    private final TestConsole console = new TestConsole("orders");

    @AfterEach
    void close() {
        console.close();
    }

    @SuppressWarnings({"deprecation", "removal"}) // a listener may still throw it
    private static Stream<Throwable> thrown() {
        return Stream.of(
                new IllegalStateException("broken"),
                new AssertionError("broken"),
                new NoClassDefFoundError("com/example/Gone"),
                new StackOverflowError(),
                new OutOfMemoryError("broken"),
                new ThreadDeath());
    }

    /** Throws anything, as some languages do. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void doThrow(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private void listen(String breaker, NotificationListener listener, NotificationFilter filter) throws Exception {
        console.server.addNotificationListener(TestConsole.name(breaker), listener, filter, null);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void theListenersAfterItAndThoseOfTheWholeAreNotified(Throwable thrown) throws Exception {
        listen("orders", (notice, none) -> ListenersThatThrowTest.<RuntimeException>doThrow(thrown), null);
        List<Notification> after = console.subscribed("orders");
        List<Notification> whole = console.subscribed("");
        try (RecordedLog log = new RecordedLog()) {
            console.fail("orders", 3);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("SGR0004"))
                    .singleElement()
                    .asString()
                    .contains("\"orders\"", "io.switchgear.state.open");
        }
        assertThat(after).hasSize(1);
        assertThat(whole).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void aFilterThatThrowsConcernsItsListenerAlone(Throwable thrown) throws Exception {
        List<Notification> filtered = new ArrayList<>();
        listen("orders", (notice, none) -> filtered.add(notice), notice -> {
            ListenersThatThrowTest.<RuntimeException>doThrow(thrown);
            return true;
        });
        List<Notification> after = console.subscribed("orders");
        console.fail("orders", 3);
        assertThat(filtered).isEmpty();
        assertThat(after).hasSize(1);
    }

    @Test
    void aListenerOfTheWholeThatThrowsHidesNothingFromTheBreakers() throws Exception {
        listen("", (notice, none) -> ListenersThatThrowTest.<RuntimeException>doThrow(new AssertionError()), null);
        List<Notification> own = console.subscribed("orders");
        assertThatThrownBy(() -> console.set("orders", "FailureThreshold", 0))
                .hasMessageContaining("FailureThreshold must be");
        console.fail("orders", 3);
        assertThat(own)
                .extracting(Notification::getType)
                .containsExactly("io.switchgear.settings.refused", "io.switchgear.state.open");
    }

    @Test
    void aListenerThatRecursesWithoutEndHarmsNoCall() throws Exception {
        listen("orders", this::recurse, null);
        List<Notification> after = console.subscribed("orders");
        console.fail("orders", 3);
        assertThat(after).hasSize(1);
    }

    private void recurse(Notification notice, Object none) {
        if (none == null) {
            recurse(notice, null);
        }
    }

    @Test
    void filtersAndHandbacksTellSubscriptionsOfOneListenerApart() throws Exception {
        List<Object> received = new ArrayList<>();
        NotificationListener listener = (notice, handback) -> received.add(handback);
        NotificationFilter none = notice -> false;
        String first = new String("same");
        String second = new String("same");
        var server = console.server;
        server.addNotificationListener(TestConsole.name("orders"), listener, null, first);
        server.addNotificationListener(TestConsole.name("orders"), listener, null, second);
        server.addNotificationListener(TestConsole.name("orders"), listener, none, "filtered");
        server.removeNotificationListener(TestConsole.name("orders"), listener, null, second);
        console.fail("orders", 3);
        assertThat(received).singleElement().isSameAs(first);
        assertThatThrownBy(() -> server.removeNotificationListener(
                        TestConsole.name("orders"), listener, null, new String("same")))
                .isInstanceOf(ListenerNotFoundException.class);
        server.removeNotificationListener(TestConsole.name("orders"), listener);
        console.breakers.get("orders").reset();
        assertThat(received).hasSize(1);
        assertThatThrownBy(() -> server.removeNotificationListener(TestConsole.name("orders"), listener))
                .isInstanceOf(ListenerNotFoundException.class);
    }

    @Test
    void aListenerMayRemoveItselfWhileItIsNotified() throws Exception {
        List<Notification> received = new ArrayList<>();
        NotificationListener once = new NotificationListener() {
            @Override
            public void handleNotification(Notification notice, Object none) {
                received.add(notice);
                assertThatCode(() -> console.server.removeNotificationListener(TestConsole.name("orders"), this))
                        .doesNotThrowAnyException();
            }
        };
        listen("orders", once, null);
        List<Notification> after = console.subscribed("orders");
        console.fail("orders", 3);
        console.breakers.get("orders").reset();
        assertThat(received).hasSize(1);
        assertThat(after).hasSize(2);
    }

    @Test
    void aListenerOfTheServerThatThrowsKeepsNoMBeanFromComingAndGoing() throws Exception {
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        NotificationListener throwing = (notice, none) -> {
            throw new AssertionError("broken");
        };
        server.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, throwing, null, null);
        BreakerMBeans mbeans = new BreakerMBeans("shop", "", true, SavedSettings.none(), Runnable::run);
        mbeans.add(new Breaker("orders", BreakerSettings.defaults(), FailureRule.ANY, transition -> {}), Origin.CODE);
        mbeans.open(server, "");
        assertThat(server.isRegistered(TestConsole.name("orders"))).isTrue();
        assertThat(server.getAttribute(TestConsole.name("orders"), "State")).isEqualTo("CLOSED");
        mbeans.close();
        assertThat(server.queryNames(TestConsole.objectName("io.switchgear:*"), null))
                .isEmpty();
    }
}
