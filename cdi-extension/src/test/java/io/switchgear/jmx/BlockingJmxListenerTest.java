// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.switchgear.message.RecordedLog;
import io.switchgear.store.SavedSettings;
import io.switchgear.time.JdkScheduler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import javax.management.Notification;
import javax.management.NotificationListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A JMX listener of another application that blocks must delay neither callers nor other listeners. */
@Timeout(60)
class BlockingJmxListenerTest {
    private final TestConsole console =
            new TestConsole(true, SavedSettings.none(), new JdkScheduler().threads(), "orders", "users");
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<Thread> blocked = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        release.countDown();
        console.close();
    }

    private void block(Notification notification, Object handback) {
        blocked.add(Thread.currentThread());
        try {
            release.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void listen(String breaker, NotificationListener listener) throws Exception {
        console.server.addNotificationListener(TestConsole.name(breaker), listener, null, null);
    }

    private List<String> types(List<Notification> received) {
        return received.stream().map(Notification::getType).toList();
    }

    @Test
    void theCallerThatOpensTheBreakerReturnsAndLaterTransitionsReachTheOthers() throws Exception {
        listen("orders", this::block);
        List<Notification> own = console.subscribed("orders");
        List<Notification> all = console.subscribed("");
        console.fail("orders", 3);
        await().until(() -> blocked.size() == 1);
        console.breakers.get("orders").reset();
        console.set("orders", "FailureThreshold", 5);
        for (List<Notification> each : List.of(own, all)) {
            await().untilAsserted(() -> assertThat(types(each))
                    .containsExactly("io.switchgear.state.open", "io.switchgear.state.closed", "jmx.attribute.change"));
        }
    }

    @Test
    void aFilterThatBlocksDoesTheSame() throws Exception {
        console.server.addNotificationListener(
                TestConsole.name(""),
                (notice, none) -> {},
                notice -> {
                    block(notice, null);
                    return true;
                },
                null);
        List<Notification> own = console.subscribed("");
        console.fail("orders", 3);
        console.fail("users", 3);
        await().untilAsserted(() -> assertThat(own).hasSize(2));
    }

    @Test
    void asManyBlockedListenersAsThereAreThreadsDelayNoCaller() throws Exception {
        for (int i = 0; i < 50; i++) {
            listen("orders", this::block);
        }
        console.fail("orders", 3);
        await().until(() -> blocked.size() == 8);
        console.breakers.get("orders").reset();
        console.fail("orders", 3);
        assertThat(console.get("orders", "State")).isEqualTo("OPEN");
        assertThat(blocked).hasSize(8);
        release.countDown();
        // each of the 50 receives all three
        await().until(() -> blocked.size() == 150);
    }

    @Test
    void aFloodIsDroppedAndCountedAndTheLogSaysSoOnce() throws Exception {
        listen("orders", this::block);
        try (RecordedLog log = new RecordedLog()) {
            console.fail("orders", 3);
            await().until(() -> blocked.size() == 1);
            for (int i = 0; i < 1_007; i++) {
                console.breakers.get("orders").reset();
            }
            assertThat(console.get("", "NotificationsDroppedTotal")).isEqualTo(7L);
            assertThat(log.lines().stream().filter(line -> line.contains("SGR0030")))
                    .singleElement()
                    .asString()
                    .contains("a JMX listener of io.switchgear:", "is 1000 events behind");
            release.countDown();
            await().until(() -> log.lines().stream().anyMatch(line -> line.contains("but missed 7 events")));
        }
    }

    @Test
    void theThreadEndsWhenNothingIsLeft() throws Exception {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        listen("orders", (notice, none) -> threads.add(Thread.currentThread()));
        console.fail("orders", 3);
        await().until(() -> threads.size() == 1);
        assertThat(threads.get(0)).isNotSameAs(Thread.currentThread());
        assertThat(threads.get(0).isDaemon()).isTrue();
        await().until(() -> !threads.get(0).isAlive());
    }

    @Test
    void aBlockedListenerDelaysNoUndeploymentAndReceivesNothingAfterIt() throws Exception {
        listen("orders", this::block);
        console.fail("orders", 3);
        console.breakers.get("orders").reset();
        await().until(() -> blocked.size() == 1);
        console.close();
        console.breakers.get("orders").reset();
        release.countDown();
        await().until(() -> !blocked.get(0).isAlive());
        assertThat(blocked).hasSize(1);
    }

    @Test
    void aListenerMayCallTheMBeanBack() throws Exception {
        AtomicBoolean called = new AtomicBoolean();
        listen("orders", (notice, none) -> {
            if (called.compareAndSet(false, true)) {
                assertThatCode(() -> {
                            console.invoke("orders", "reset");
                            console.invoke("orders", "forceOpen", "by a listener");
                        })
                        .doesNotThrowAnyException();
            }
        });
        List<Notification> own = console.subscribed("orders");
        console.fail("orders", 3);
        await().untilAsserted(() -> assertThat(types(own))
                .containsExactly(
                        "io.switchgear.state.open",
                        "io.switchgear.state.closed",
                        "io.switchgear.mode.forced_open",
                        "io.switchgear.state.open"));
    }

    @Test
    void theNumbersRiseForEverySubscriberWhateverThreadsChangeThings() throws Exception {
        List<Notification> own = console.subscribed("orders");
        List<Notification> all = console.subscribed("");
        List<CompletableFuture<Void>> writers = List.of("orders", "users", "orders", "users").stream()
                .map(breaker -> CompletableFuture.runAsync(() -> {
                    for (int i = 1; i <= 100; i++) {
                        console.breakers.get(breaker).reset();
                        assertThatCode(() -> console.set(breaker, "FailureThreshold", 0))
                                .isNotNull();
                    }
                }))
                .toList();
        writers.forEach(CompletableFuture::join);
        await().until(() -> all.size() == 800 && own.size() == 400);
        for (List<Notification> each : List.of(own, all)) {
            long[] numbers =
                    each.stream().mapToLong(Notification::getSequenceNumber).toArray();
            assertThat(numbers)
                    .isEqualTo(LongStream.of(numbers).sorted().distinct().toArray());
        }
    }
}
