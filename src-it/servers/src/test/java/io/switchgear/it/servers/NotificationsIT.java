// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Console.RemoteMBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.AttributeChangeNotification;
import javax.management.InvalidAttributeValueException;
import javax.management.Notification;
import javax.management.openmbean.CompositeData;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Notifications for a console in another process that subscribes to all breakers at once. */
@ArquillianTest
class NotificationsIT extends ConsolePerTest {
    @RegisterExtension
    static final ShopConsole SHOP = ShopConsole.freshForEachTest();

    private final List<Notification> received = new CopyOnWriteArrayList<>();

    private RemoteMBean users;

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    @BeforeEach
    void subscribe() throws Exception {
        users = console.breaker(Shop.APPLICATION, "Users#find(long)");
        console.all(Shop.APPLICATION).subscribe((notice, none) -> received.add(notice));
    }

    @Test
    void anOpeningIsSent() throws Exception {
        Shop.fail("users/1", 5);

        Notification opened = received("io.switchgear.state.open");
        // of the MBean that the console has subscribed to
        assertThat(opened.getSource()).isEqualTo(console.all(Shop.APPLICATION).name());
        assertThat(opened.getMessage()).startsWith("Users#find(long): OPEN, was CLOSED: 5 consecutive failures");
        CompositeData data = (CompositeData) opened.getUserData();
        assertThat(data.get("breaker")).isEqualTo("Users#find(long)");
        assertThat(data.get("from")).isEqualTo("CLOSED");
        assertThat(data.get("to")).isEqualTo("OPEN");
    }

    @Test
    void aChangedSettingIsSentWithOldAndNewValue() throws Exception {
        users.set("FailureThreshold", 2);

        var change = (AttributeChangeNotification) received(AttributeChangeNotification.ATTRIBUTE_CHANGE);
        assertThat(change.getSource()).isEqualTo(console.all(Shop.APPLICATION).name());
        assertThat(change.getAttributeName()).isEqualTo("FailureThreshold");
        assertThat(change.getAttributeType()).isEqualTo("int");
        assertThat(change.getOldValue()).isEqualTo(5);
        assertThat(change.getNewValue()).isEqualTo(2);
        assertThat(change.getMessage()).startsWith("Users#find(long): FailureThreshold from 5 to 2, by ");
    }

    @Test
    void aRefusedChangeIsSent() throws Exception {
        assertThatThrownBy(() -> users.set("FailureThreshold", 0)).isInstanceOf(InvalidAttributeValueException.class);

        assertThat(received("io.switchgear.settings.refused").getMessage())
                .contains("FailureThreshold must be a whole number >= 1 and <= 1000000 but was 0");
    }

    @Test
    void notificationsNeedNoClassOfTheLibrary() throws Exception {
        Shop.fail("users/1", 5);
        users.set("FailureThreshold", 2);
        received("io.switchgear.state.open");
        received(AttributeChangeNotification.ATTRIBUTE_CHANGE);

        for (Notification notice : received) {
            Notification copy = (Notification) withoutOurClasses(notice);
            assertThat(copy.getMessage()).isEqualTo(notice.getMessage());
            assertThat(copy.getUserData()).isEqualTo(notice.getUserData());
        }
    }

    private Notification received(String type) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> received.stream()
                                .filter(notice -> notice.getType().equals(type))
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    /** Serializes a value, and deserializes it with the classes of the JDK only. */
    private static Object withoutOurClasses(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray())) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
                return Class.forName(description.getName(), false, ClassLoader.getPlatformClassLoader());
            }
        }) {
            return in.readObject();
        }
    }
}
