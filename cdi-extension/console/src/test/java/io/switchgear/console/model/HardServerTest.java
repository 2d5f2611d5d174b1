// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests servers that answer late, in part, or by another clock, with MBeans that are not those of the library. */
class HardServerTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final CountDownLatch answers = new CountDownLatch(1);
    private LocalLink local;
    private Monitor monitor;

    /** Has the given attributes, and answers when it is allowed to. */
    private record Odd(Map<String, Object> values, CountDownLatch allowed) implements DynamicMBean {
        @Override
        public Object getAttribute(String name) throws AttributeNotFoundException {
            waits();
            if (!values.containsKey(name)) {
                throw new AttributeNotFoundException(name);
            }
            return values.get(name);
        }

        @Override
        public AttributeList getAttributes(String[] names) {
            waits();
            AttributeList list = new AttributeList();
            for (String name : names) {
                if (values.containsKey(name)) {
                    list.add(new Attribute(name, values.get(name)));
                }
            }
            return list;
        }

        private void waits() {
            try {
                assertThat(allowed.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void setAttribute(Attribute attribute) {}

        @Override
        public AttributeList setAttributes(AttributeList attributes) {
            return new AttributeList();
        }

        @Override
        public Object invoke(String operation, Object[] arguments, String[] signature) {
            return null;
        }

        @Override
        public MBeanInfo getMBeanInfo() {
            MBeanAttributeInfo[] infos = values.keySet().stream()
                    .map(name -> new MBeanAttributeInfo(name, "java.lang.String", name, true, false, false))
                    .toArray(MBeanAttributeInfo[]::new);
            return new MBeanInfo(Odd.class.getName(), "odd", infos, null, null, null);
        }
    }

    private void register(String name, Map<String, Object> values, CountDownLatch allowed) throws Exception {
        server.registerMBean(new Odd(values, allowed), new ObjectName("io.switchgear:type=CircuitBreakers," + name));
    }

    private void open() throws Exception {
        local = new LocalLink(server, Map.of());
        monitor = new Monitor(local.link(), view -> {});
    }

    private View viewOf(Predicate<View> wanted) {
        await().atMost(Duration.ofSeconds(10)).until(() -> wanted.test(monitor.last()));
        return monitor.last();
    }

    @AfterEach
    void close() throws Exception {
        answers.countDown();
        monitor.close();
        local.close();
    }

    private static CountDownLatch atOnce() {
        return new CountDownLatch(0);
    }

    @Test
    void anAnswerThatIsLateIsShownWhenItComesAndNothingWaitsForIt() throws Exception {
        register("application=shop", Map.of(), atOnce());
        register("application=shop,name=\"orders\"", Map.of("State", "OPEN"), answers);
        open();
        assertThat(monitor.invoke(new ObjectName("io.switchgear:type=none"), "reset"))
                .as("the caller does not wait")
                .isNotDone();
        assertThat(monitor.last().rows()).isEmpty();
        assertThat(monitor.last().problem()).startsWith("Connecting to ");
        answers.countDown();
        assertThat(viewOf(view -> view.rows().size() == 1).rows().get(0).state())
                .isEqualTo("OPEN");
    }

    @Test
    void aServerThatNeverAnswersDoesNotKeepTheConsoleFromClosing() throws Exception {
        register("application=shop", Map.of(), atOnce());
        register("application=shop,name=\"orders\"", Map.of("State", "OPEN"), answers);
        open();
        long began = System.nanoTime();
        monitor.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        assertThatThrownBy(() -> monitor.invoke(new ObjectName("io.switchgear:type=none"), "reset")
                        .get(10, TimeUnit.SECONDS))
                .cause()
                .hasMessageContaining("The console is closed");
    }

    @Test
    void attributesThatAreMissingOrOfAnotherTypeAreLeftOut() throws Exception {
        register("application=old", Map.of("Breakers", "none yet"), atOnce());
        register("application=old,name=\"bare\"", Map.of("State", "CLOSED"), atOnce());
        register(
                "application=old,name=\"strange\"",
                Map.of("State", 7, "StateSince", "noon", "CallsTotal", "many", "Transitions", 3, "Settings", "x"),
                atOnce());
        open();
        View view = viewOf(next -> next.rows().size() == 2 && next.detail() != null);
        assertThat(view.problem()).isEmpty();
        assertThat(view.rows()).extracting(BreakerRow::name).containsExactly("bare", "strange");
        assertThat(view.rows()).extracting(BreakerRow::stateInWords).containsExactly("closed", "7");
        assertThat(view.rows()).allSatisfy(row -> assertThat(view.since(row)).isEmpty());
        assertThat(view.detail().lines("Transitions")).isEmpty();
        assertThat(view.detail().isRehearsing()).isFalse();
        assertThat(view.detail().threshold()).isNaN();
    }

    @Test
    void aClockThatIsHoursAheadIsSaidAndTimesAreByIt() throws Exception {
        Instant there = Instant.now().plus(Duration.ofHours(5));
        server.registerMBean(
                new Odd(Map.of("StartTime", there.toEpochMilli(), "Uptime", 0L), atOnce()),
                new ObjectName(ManagementFactory.RUNTIME_MXBEAN_NAME));
        register("application=shop", Map.of(), atOnce());
        register(
                "application=shop,name=\"orders\"",
                Map.of("State", "OPEN", "StateSince", Date.from(there.minusSeconds(90))),
                atOnce());
        open();
        View view = viewOf(next -> next.rows().size() == 1);
        assertThat(view.status()).contains("; its clock is ").contains(" ahead, times are its own");
        assertThat(view.serverAhead()).isBetween(Duration.ofMinutes(299), Duration.ofMinutes(301));
        assertThat(view.since(view.rows().get(0))).startsWith("1 min").doesNotContain("h");
    }
}
