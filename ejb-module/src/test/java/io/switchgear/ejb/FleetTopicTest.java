// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.message.RecordedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages of one node are looks of the others, and a broker that fails changes nothing else. */
@Timeout(60)
class FleetTopicTest {
    private static final String LOOK = "look";

    private final TestTopic server = new TestTopic();
    private final RecordedLog log = new RecordedLog();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<FleetTopic> started = new ArrayList<>();
    private final List<Thread> receivers = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        started.forEach(FleetTopic::close);
        executor.shutdownNow();
        log.close();
        for (Thread receiver : receivers) {
            receiver.join(10_000);
            assertThat(receiver.isAlive()).isFalse();
        }
    }

    private FleetTopic topic(String application, Runnable look, Executor sends) {
        FleetTopic topic = new FleetTopic(
                TestTopic.NAMES,
                server::lookup,
                application,
                look,
                sends,
                new TopicOutage("jms/topic", "jms/factory", Duration.ofSeconds(60), System::nanoTime),
                System::nanoTime);
        started.add(topic);
        return topic;
    }

    private FleetTopic start(FleetTopic topic) {
        topic.start(task -> {
            receivers.add(new Thread(task));
            return receivers.get(receivers.size() - 1);
        });
        return topic;
    }

    private FleetTopic start(String application, BlockingQueue<String> looks) throws Exception {
        FleetTopic topic = start(topic(application, () -> looks.add(LOOK), executor));
        look(looks);
        return topic;
    }

    private static void look(BlockingQueue<String> looks) throws Exception {
        assertThat(looks.poll(20, TimeUnit.SECONDS)).isEqualTo(LOOK);
    }

    private static void noLook(BlockingQueue<String> looks) throws Exception {
        assertThat(looks.poll(700, TimeUnit.MILLISECONDS)).isNull();
    }

    private List<String> lines(String number) {
        return log.lines().stream().filter(line -> line.contains(number)).toList();
    }

    private void awaitLine(String number) {
        while (lines(number).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aMessageWakesTheOtherNodesAndNotItsSender() throws Exception {
        BlockingQueue<String> a = new LinkedBlockingQueue<>();
        BlockingQueue<String> b = new LinkedBlockingQueue<>();
        BlockingQueue<String> other = new LinkedBlockingQueue<>();
        FleetTopic onA = start("o'neil's", a);
        start("o'neil's", b);
        start("other", other);
        onA.wakeOthers();
        look(b);
        noLook(a);
        assertThat(b).isEmpty();
        assertThat(other).isEmpty();
        assertThat(log.lines())
                .containsOnly("INFO SGR0084: the nodes wake one another by messages on topic jms/topic"
                        + " (connection factory jms/factory)");
    }

    @Test
    void aMessageOfAStrangerIsNotRead() throws Exception {
        BlockingQueue<String> looks = new LinkedBlockingQueue<>();
        start("shop", looks);
        // throws if anything of it is read
        server.send("shop", "stranger");
        look(looks);
        assertThat(lines("SGR0085")).isEmpty();
    }

    @Test
    void afterAnOutageTheNodeLooksAndReceivesAgain() throws Exception {
        BlockingQueue<String> looks = new LinkedBlockingQueue<>();
        start("shop", looks);
        server.fail("AMQ219007: Cannot connect to server(s).\n Tried with all available servers.");
        awaitLine("SGR0085");
        assertThat(looks).isEmpty();
        server.work();
        look(looks);
        server.send("shop", "b");
        look(looks);
        assertThat(lines("SGR0085"))
                .singleElement()
                .asString()
                .startsWith("WARNING SGR0085: no messages are received from topic jms/topic (connection factory"
                        + " jms/factory): ")
                .endsWith("; see to the messaging of the server, the broker and the rights of its user; until then this"
                        + " node looks at the database every 60 s");
        assertThat(lines("SGR0086")).hasSize(1);
    }

    @Test
    void aConsumerThatEndsSilentlyIsReplaced() throws Exception {
        BlockingQueue<String> looks = new LinkedBlockingQueue<>();
        start("shop", looks);
        server.fail("");
        look(looks);
        assertThat(lines("SGR0085")).singleElement().asString().contains(": the subscription has ended; ");
    }

    @Test
    void whatTheServerDoesNotHaveIsNamedOnceWithTheCure() throws Exception {
        server.isPresent = false;
        BlockingQueue<String> looks = new LinkedBlockingQueue<>();
        start(topic("shop", () -> looks.add(LOOK), executor));
        noLook(looks);
        started.get(0).wakeOthers();
        noLook(looks);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains(
                        "SGR0085",
                        "the server has no jms/topic (javax.naming.NameNotFoundException: ",
                        "create it in the server, or set switchgear.fleet.topic to the JNDI name of one");
        server.isPresent = true;
        look(looks);
        // after the message that could not be sent
        awaitLine("SGR0086");
        assertThat(lines("SGR008")).hasSize(2);
    }

    @Test
    void somethingElseThanATopicIsRefused() throws Exception {
        FleetTopic queue = new FleetTopic(
                TestTopic.NAMES,
                name -> name.equals("jms/topic") ? "a queue" : server.lookup(name),
                "shop",
                () -> {},
                executor,
                new TopicOutage("jms/topic", "jms/factory", Duration.ofSeconds(60), System::nanoTime),
                System::nanoTime);
        started.add(queue);
        start(queue);
        awaitLine("SGR0085");
        assertThat(lines("SGR0085").get(0))
                .contains("jms/topic is no jakarta.jms.Topic but class java.lang.String; create it in the server");
    }

    @Test
    void aMessageThatCouldNotBeSentIsSentLater() throws Exception {
        BlockingQueue<String> a = new LinkedBlockingQueue<>();
        BlockingQueue<String> b = new LinkedBlockingQueue<>();
        FleetTopic onA = start("shop", a);
        start("shop", b);
        server.refuseToSend("AMQ229032: User: guest does not have permission='SEND'");
        onA.wakeOthers();
        awaitLine("SGR0085");
        assertThat(lines("SGR0085").get(0)).contains("no messages are sent to topic jms/topic", "permission='SEND'");
        server.work();
        // at the latest when the thread that receives has waited in vain
        look(b);
        assertThat(lines("SGR0085")).hasSize(1);
    }

    @Test
    void aBrokerThatHangsHoldsOneThreadAndNoCaller() throws Exception {
        CountDownLatch broker = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        server.sending = () -> {
            hanging.countDown();
            await(broker);
        };
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        FleetTopic topic = topic("shop", () -> {}, task -> {
            tasks.add(task);
            executor.execute(task);
        });
        start(topic);
        topic.wakeOthers();
        hanging.await();
        for (int i = 0; i < 100; i++) {
            topic.wakeOthers();
        }
        assertThat(tasks).hasSize(1);
        broker.countDown();
        // one message more for all that came meanwhile
        assertThat(tasks.take()).isNotNull();
        assertThat(tasks.poll(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(tasks.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aBrokerThatDoesNotAcceptConnectionsIsNoticed() throws Exception {
        CountDownLatch connecting = new CountDownLatch(1);
        CountDownLatch network = new CountDownLatch(1);
        AtomicLong nanos = new AtomicLong();
        FleetTopic topic = new FleetTopic(
                TestTopic.NAMES,
                name -> {
                    connecting.countDown();
                    await(network);
                    return server.lookup(name);
                },
                "shop",
                () -> {},
                executor,
                new TopicOutage("jms/topic", "jms/factory", Duration.ofSeconds(60), nanos::get),
                nanos::get);
        started.add(topic);
        start(topic);
        connecting.await();
        topic.check();
        assertThat(log.lines()).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        topic.check();
        assertThat(lines("SGR0085").get(0)).contains("the broker has not answered for more than 5 s");
        network.countDown();
        awaitLine("SGR0086");
    }

    @Test
    void anExecutorThatIsFullFailsNoChange() throws Exception {
        BlockingQueue<String> a = new LinkedBlockingQueue<>();
        BlockingQueue<String> b = new LinkedBlockingQueue<>();
        start("shop", b);
        boolean[] isFull = {true};
        FleetTopic topic = topic("shop", () -> a.add(LOOK), task -> {
            if (isFull[0]) {
                throw new RejectedExecutionException("full");
            }
            executor.execute(task);
        });
        topic.wakeOthers();
        isFull[0] = false;
        start(topic);
        look(b);
    }

    @Test
    void anExceptionOfALookDoesNotEndTheLooks() throws Exception {
        BlockingQueue<String> looks = new LinkedBlockingQueue<>();
        start(topic(
                "shop",
                () -> {
                    looks.add(LOOK);
                    throw new AssertionError("first");
                },
                executor));
        look(looks);
        look(looks);
        assertThat(lines("SGR0085").get(0)).contains("java.lang.AssertionError: first");
    }

    @Test
    void closingEndsThePauseOfABrokerThatIsAway() {
        server.fail("down");
        FleetTopic topic = start(topic("shop", () -> {}, executor));
        awaitLine("SGR0085");
        topic.close();
        assertThat(receivers.get(0).isAlive()).isFalse();
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void closingEndsTheWaitForAMessage() throws Exception {
        BlockingQueue<String> looks = new LinkedBlockingQueue<>();
        FleetTopic topic = start("shop", looks);
        topic.close();
        topic.close();
        // as it would not be if closing only waited for the end of the wait
        assertThat(receivers.get(0).isAlive()).isFalse();
        topic.wakeOthers();
        assertThat(lines("SGR0085")).isEmpty();
    }

    @Test
    void aLookThatHangsDelaysTheEndBySomeSecondsOnly() throws Exception {
        CountDownLatch database = new CountDownLatch(1);
        CountDownLatch looking = new CountDownLatch(1);
        FleetTopic topic = start(topic(
                "shop",
                () -> {
                    looking.countDown();
                    await(database);
                },
                executor));
        looking.await();
        topic.close();
        database.countDown();
        assertThat(lines("SGR0085")).isEmpty();
    }

    @Test
    void theServerMayInterruptTheThread() throws Exception {
        BlockingQueue<String> looks = new LinkedBlockingQueue<>();
        server.fail("down");
        start(topic("shop", () -> looks.add(LOOK), executor));
        awaitLine("SGR0085");
        receivers.get(0).interrupt();
        receivers.get(0).join(10_000);
        assertThat(receivers.get(0).isAlive()).isFalse();
        assertThat(looks).isEmpty();
    }
}
