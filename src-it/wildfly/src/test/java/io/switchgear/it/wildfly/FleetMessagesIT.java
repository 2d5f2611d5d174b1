// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Console;
import io.switchgear.it.wildfly.PacedCalls.Round;
import io.switchgear.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two servers with one database whose nodes wake one another: the broker is in server A, and B uses it over a network
 * that can be cut. Each runs two applications: one looks once a minute without messages, the other each second.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetMessagesIT {
    private static final String SHELF = "Shelf#look()";
    private static final String TOPIC = "java:/jms/topic/fleet";
    private static final Duration WELL_BEFORE_A_LOOK = Duration.ofSeconds(10);

    private static SharedDatabase database;
    private static StartedServer a;
    private static StartedServer b;
    private static Cable cable;
    private static Console onA;
    private static Console onB;

    @BeforeAll
    static void start() throws Exception {
        database = SharedDatabase.start("messages-database");
        a = StartedServer.start("messages-a", variables("a"), "standalone-full.xml", FleetMessagesIT::broker);
        cable = new Cable(a.port());
        b = StartedServer.start("messages-b", variables("b"), "standalone-full.xml", FleetMessagesIT::client);
        // the data source is in one application, and there for both
        WebArchive woken = database.addTo(war("woken", 60));
        WebArchive polled = war("polled", 1);
        for (StartedServer server : List.of(a, b)) {
            assertThat(server.deploy(woken)).isEqualTo("deployed");
            assertThat(server.deploy(polled)).isEqualTo("deployed");
        }
        onA = a.console();
        onB = b.console();
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> {
            assertThat((String[]) onA.fleet("woken").get("Overview")).containsExactly("a up to date", "b up to date");
            assertThat(a.linesOf("SGR0084")).hasSize(2);
            assertThat(b.linesOf("SGR0084")).hasSize(2);
        });
    }

    private static Map<String, String> variables(String node) {
        return Map.of("SWITCHGEAR_FLEET_NODE", node);
    }

    private static WebArchive war(String name, int pollSeconds) {
        return Archives.guarded(name + ".war", """
                        switchgear.datasource = %s
                        switchgear.fleet.poll-seconds = %d
                        switchgear.fleet.topic = %s
                        switchgear.fleet.changes-for-all = true
                        """.formatted(SharedDatabase.NAME, pollSeconds, TOPIC))
                .addAsLibrary(Archives.ejbModule());
    }

    /** A broker for all on this machine. */
    private static String broker(String configuration) {
        return edited(
                configuration, "<security elytron-domain=\"ApplicationDomain\"/>", "<security enabled=\"false\"/>");
    }

    /** The default connection factory leads to the broker of the other server. */
    private static String client(String configuration) {
        String client = edited(
                configuration,
                "<in-vm-connector name=\"in-vm\"",
                "<http-connector name=\"remote\" socket-binding=\"broker\" endpoint=\"http-acceptor\"/>"
                        + "<in-vm-connector name=\"in-vm\"");
        client = edited(client, "connectors=\"in-vm\" transaction=\"xa\"", "connectors=\"remote\" transaction=\"xa\"");
        return edited(
                client,
                "<outbound-socket-binding name=\"mail-smtp\">",
                "<outbound-socket-binding name=\"broker\"><remote-destination host=\"127.0.0.1\" port=\"" + cable.port()
                        + "\"/></outbound-socket-binding><outbound-socket-binding name=\"mail-smtp\">");
    }

    private static String edited(String configuration, String old, String replacement) {
        String common = configuration.replace("port=\"3528\"", "port=\"0\"").replace("port=\"3529\"", "port=\"0\"");
        if (!common.contains(TOPIC)) {
            common = common.replace(
                    "<jms-queue name=\"DLQ\"",
                    "<jms-topic name=\"fleet\" entries=\"" + TOPIC + "\"/><jms-queue name=\"DLQ\"");
            // in the order of the schema
            common = common.replaceAll("(<jms-topic [^>]*>)(<jms-queue name=\"DLQ\"[^>]*>)", "$2$1");
        }
        assertThat(common).contains(old, TOPIC);
        return common.replace(old, replacement);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {onA, onB, cable}) {
            if (each != null) {
                each.close();
            }
        }
        // an orderly stop waits for the broker that was killed
        for (StartedServer server : new StartedServer[] {a, b}) {
            if (server != null) {
                server.kill();
            }
        }
        database.stop();
    }

    private static void set(Console console, String application, int failureThreshold) throws Exception {
        console.breaker(application, SHELF).set("FailureThreshold", failureThreshold);
    }

    private static void isInForce(Console console, String application, int failureThreshold, Duration within) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(within)
                .untilAsserted(
                        () -> assertThat(console.breaker(application, SHELF).get("FailureThreshold"))
                                .isEqualTo(failureThreshold));
    }

    @Test
    @Order(1)
    void aChangeIsInForceOnTheOtherNodeWithinASecond() throws Exception {
        assertThat(fastest(onA, onB, 11)).isLessThan(Duration.ofSeconds(1));
        assertThat(fastest(onB, onA, 21)).isLessThan(Duration.ofSeconds(1));
    }

    /** Makes five changes, and returns the time of the one that other programs on this machine delayed least. */
    private static Duration fastest(Console from, Console to, int firstValue) throws Exception {
        Duration fastest = WELL_BEFORE_A_LOOK;
        for (int value = firstValue; value < firstValue + 5; value++) {
            long start = System.nanoTime();
            set(from, "woken", value);
            isInForce(to, "woken", value, WELL_BEFORE_A_LOOK);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            fastest = time.compareTo(fastest) < 0 ? time : fastest;
        }
        return fastest;
    }

    @Test
    @Order(2)
    void anOperationOnAllNodesReturnsThatBothHaveIt() throws Exception {
        assertThat(onA.fleet("woken")
                        .run("changeSettings", "*", "breaker", SHELF, "OpenMillis=4321")
                        .toString())
                .endsWith("in force on a, b");
    }

    @Test
    @Order(3)
    void noCallFailsWhileChangesSpread() throws Exception {
        List<Round> with = new ArrayList<>();
        List<Round> without = new ArrayList<>();
        AtomicInteger changes = new AtomicInteger(1_000);
        ScheduledExecutorService operators = Executors.newSingleThreadScheduledExecutor();
        try (PacedCalls calls = new PacedCalls(a.uri("woken/shelf"), 1_000)) {
            calls.round(Duration.ofSeconds(10));
            for (int i = 0; i < 3; i++) {
                without.add(calls.round(Duration.ofSeconds(3)));
                ScheduledFuture<?> operator = operators.scheduleAtFixedRate(
                        () -> change(changes.incrementAndGet()), 0, 100, TimeUnit.MILLISECONDS);
                with.add(calls.round(Duration.ofSeconds(3)));
                assertThat(operator.isDone()).as("a change failed").isFalse();
                operator.cancel(false);
            }
        }
        operators.shutdown();
        assertThat(operators.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        System.out.println("without changes " + without + "\nwith changes " + with);
        assertThat(changes.get()).isGreaterThanOrEqualTo(1_080);
        isInForce(onB, "woken", changes.get(), WELL_BEFORE_A_LOOK);
        // the times are for readers: clients, both servers and the database share the processors of this machine
        assertThat(with).allMatch(round -> round.failures() == 0);
        assertThat(without).allMatch(round -> round.failures() == 0);
    }

    private static void change(int failureThreshold) {
        try {
            set(onA, "woken", failureThreshold);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    @Order(4)
    void withoutTheBrokerNodesLookAndWithItTheyAreWokenAgain() throws Exception {
        cable.cut();
        set(onA, "woken", 31);
        set(onA, "polled", 31);
        isInForce(onB, "polled", 31, WELL_BEFORE_A_LOOK);
        set(onB, "polled", 32);
        isInForce(onA, "polled", 32, WELL_BEFORE_A_LOOK);
        // a factory of this server reconnects by itself and waits
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            for (String application : List.of("woken", "polled")) {
                assertThat(onB.fleet(application).get("Messages").toString())
                        .startsWith("no messages are received from topic ");
            }
        });
        cable.mend();
        // it looks when it can receive again, unless the look of that minute came before
        isInForce(onB, "woken", 31, Duration.ofSeconds(30));
        set(onB, "woken", 33);
        isInForce(onA, "woken", 33, WELL_BEFORE_A_LOOK);
        set(onA, "woken", 34);
        isInForce(onB, "woken", 34, WELL_BEFORE_A_LOOK);
        await().untilAsserted(
                        () -> assertThat(onB.fleet("woken").get("Messages")).isEqualTo("connected"));
        await().untilAsserted(
                        () -> assertThat(onB.fleet("polled").get("Messages")).isEqualTo("connected"));
        assertThat(b.linesOf("SGR0085")).hasSameSizeAs(b.linesOf("SGR0086"));
        assertThat(a.linesOf("SGR0085")).isEmpty();
    }

    @Test
    @Order(5)
    void aRedeploymentLeavesNeitherThreadsNorClasses() throws Exception {
        long before = onA.copies(Message.class);
        for (int i = 0; i < 6; i++) {
            a.redeploy("woken.war");
        }
        b.redeploy("woken.war");
        assertThat(onA.threads("switchgear-fleet-topic-woken")).isEqualTo(1);
        // its connection was cut, and the broker's client closes it only after a time limit of its own
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() ->
                        assertThat(onB.threads("switchgear-fleet-topic-woken")).isEqualTo(1));
        // the messaging of this server keeps one copy, however many redeployments there are
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(onA.copies(Message.class)).isLessThanOrEqualTo(before + 1));
        set(onA, "woken", 41);
        isInForce(onB, "woken", 41, WELL_BEFORE_A_LOOK);
        assertThat(a.linesOf("SGR0085")).isEmpty();
        assertThat(a.linesOf(" ERROR ")).isEmpty();
    }

    @Test
    @Order(6)
    void aNodeWhoseBrokerIsKilledGoesOn() throws Exception {
        onA.close();
        a.kill();
        set(onB, "woken", 51);
        await().untilAsserted(() ->
                assertThat(onB.fleet("woken").get("WaitingChanges")).isEqualTo(0));
        assertThat(onB.breaker("woken", SHELF).get("ChangedSettings").toString())
                .contains("FailureThreshold=51")
                .doesNotContain("not saved");
    }
}
