// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.settings.Setting;
import io.switchgear.store.SavedSettings;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanAttributeInfo;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The MBean of all breakers of an application: overview, changes of many breakers, and export. */
class ApplicationMBeanTest {
    private static final int ROUNDS = 2_000;

    private final TestConsole console = new TestConsole("orders", "payments", "users");

    @AfterEach
    void close() {
        console.close();
    }

    private String[] all(String operation, Object... parameters) throws Exception {
        return (String[]) console.invoke("", operation, parameters);
    }

    private int threshold(String breaker) {
        return console.breakers.get(breaker).snapshot().settings().failureThreshold();
    }

    @Test
    void whatNeedsAttentionIsShownFirst() throws Exception {
        console.fail("users", 3);
        assertThatThrownBy(console.breakers.get("users")::acquire).isNotNull();
        console.invoke("payments", "observe", "new");
        console.invoke("payments", "changeSettings", "FailureThreshold=9");
        assertThat((String[]) console.get("", "Overview"))
                .containsExactly(
                        "OPEN       users     another 60 s, 1 of 4 calls rejected, 3 failed, since 2026-01-01T00:00:00Z,"
                                + " 3 consecutive failures (threshold 3), the last with java.io.IOException",
                        "CLOSED     payments  OBSERVING \"new\", 0 of 0 calls rejected, 0 failed, 1 setting changed,"
                                + " since 2026-01-01T00:00:00Z",
                        "CLOSED     orders    0 of 0 calls rejected, 0 failed");
        assertThat(console.get("", "BreakerCount")).isEqualTo(3);
        assertThat(console.get("", "OpenCount")).isEqualTo(1);
        assertThat(console.get("", "HalfOpenCount")).isEqualTo(0);
        assertThat(console.get("", "ClosedCount")).isEqualTo(2);
        assertThat(console.get("", "OverriddenCount")).isEqualTo(1);
        assertThat(console.get("", "ChangedCount")).isEqualTo(1);
        assertThat(console.get("", "RejectedTotal")).isEqualTo(1L);
        assertThat((String[]) console.get("", "OpenBreakers")).containsExactly("users");
        assertThat(console.get("", "Writable")).isEqualTo("true");
        assertThat(console.get("", "SettingsFile")).isEqualTo("");
        TabularData table = (TabularData) console.get("", "Breakers");
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.get(new Object[] {"users"}).get("state")).isEqualTo("OPEN");
        console.time.advanceMillis(60_000);
        assertThat(console.get("", "HalfOpenCount")).as("shown when due").isEqualTo(1);
        assertThat(console.breakers.get("users").toString()).as("not caused").isEqualTo("users OPEN");
    }

    @Test
    void anOverviewOfManyIsBounded() throws Exception {
        String[] names = IntStream.range(0, 500).mapToObj(i -> "b" + i).toArray(String[]::new);
        try (TestConsole many = new TestConsole(names)) {
            many.fail("b499", 3);
            String[] lines = (String[]) many.get("", "Overview");
            assertThat(lines).hasSize(201).endsWith("and 300 more");
            assertThat(lines[0]).startsWith("OPEN").contains("b499");
        }
    }

    @Test
    void patternsMatchWholeNames() throws Exception {
        assertThat(all("changeSettings", "*rs", "FailureThreshold=8")).containsExactly("orders", "users");
        assertThat(all("changeSettings", "user?", "FailureThreshold=9")).containsExactly("users");
        assertThat(all("observe", "\"payments\"", "new"))
                .as("as JConsole shows it")
                .containsExactly("payments");
        assertThat(all("revertSettings", "orders")).containsExactly("orders");
        assertThat(threshold("orders")).isEqualTo(3);
        assertThat(threshold("users")).isEqualTo(9);
        assertThat(threshold("payments")).isEqualTo(3);
    }

    @Test
    void modesAreSetAndBreakersResetTogether() throws Exception {
        assertThat(all("forceOpen", "*", "the bank is down")).hasSize(3);
        assertThat(console.get("", "OpenCount")).isEqualTo(3);
        assertThat(console.get("users", "ModeReason")).isEqualTo("the bank is down");
        assertThat(all("automatic", "users")).containsExactly("users");
        assertThat(console.get("", "HalfOpenCount")).isEqualTo(1);
        assertThat(all("forceClosed", "orders", "String")).containsExactly("orders");
        assertThat(console.get("orders", "ModeReason")).isEqualTo("");
        all("reset", "*");
        assertThat(console.get("", "ClosedCount")).isEqualTo(3);
        assertThat(console.get("", "OverriddenCount")).isEqualTo(0);
    }

    @Test
    void ifOneRefusesNothingChanges() throws Exception {
        console.invoke("payments", "changeSettings", "TripOn=CALL_WINDOW, WindowCalls=30");
        String message =
                "nothing was changed, since payments refuses: MinimumCalls must be <= WindowCalls (30) but" + " was 50";
        assertThatThrownBy(() -> all("changeSettings", "*", "MinimumCalls=50, FailureThreshold=8"))
                .isExactlyInstanceOf(RuntimeMBeanException.class)
                .cause()
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThat(threshold("orders")).isEqualTo(3);
        assertThat(console.breakers.get("users").snapshot().lastChange()).isNull();
        assertThat(console.get("", "LastRefusedChange").toString()).contains("Z " + message + ", by ");
    }

    /** One writer changes payments so that it refuses, now and then, what the other one sets for all. */
    @Test
    void allOrNothingHoldsUnderConcurrentWriters() throws Exception {
        AtomicInteger round = new AtomicInteger();
        CircuitBreaker payments = console.breakers.get("payments");
        Thread other = new Thread(() -> {
            // one round for each round of the other writer, at any point of it
            for (int mine = 1; mine <= ROUNDS; mine++) {
                while (round.get() < mine) {
                    Thread.onSpinWait();
                }
                payments.update(present -> present.with(
                        Map.of(Setting.TRIP_ON, "CALL_WINDOW", Setting.MINIMUM_CALLS, 1, Setting.WINDOW_CALLS, 30)));
                payments.update(present -> present.with(Map.of(Setting.WINDOW_CALLS, 100)));
            }
        });
        other.start();
        int changed = 0;
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            round.incrementAndGet();
            int before = threshold("orders");
            try {
                all("changeSettings", "*", "MinimumCalls=50, FailureThreshold=" + (10 + i));
                changed++;
                assertThat(threshold("orders")).isEqualTo(10 + i);
                assertThat(threshold("users")).isEqualTo(10 + i);
            } catch (RuntimeMBeanException onePartRefused) {
                refused++;
                assertThat(threshold("orders")).isEqualTo(before);
                assertThat(threshold("users")).isEqualTo(before);
            }
        }
        other.join();
        assertThat(changed).isPositive();
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "", " ", "order", "[a-z]+", ".*"})
    void aPatternThatFitsNoneIsRefused(String pattern) throws Exception {
        assertThatThrownBy(() -> all("reset", pattern))
                .isExactlyInstanceOf(RuntimeMBeanException.class)
                .cause()
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .message()
                .matches("(?s)no breaker has a name like .*; there are 3.*|namePattern must be a name of .*");
        assertThatThrownBy(() -> all("reset", (Object) null)).rootCause().hasMessageEndingWith("but was null");
    }

    @Test
    void whatIsChangedIsExportedAsConfiguration() throws Exception {
        assertThat(console.invoke("", "exportSettings")).isEqualTo("# all settings are as configured");
        all("changeSettings", "*s", "FailureThreshold=8");
        console.invoke("orders", "changeSettings", "OpenMillis=1");
        assertThat(console.invoke("", "exportSettings").toString().lines())
                .containsExactly(
                        "switchgear.breaker.\"orders\".failure-threshold = 8",
                        "switchgear.breaker.\"orders\".open-millis = 1",
                        "switchgear.breaker.\"payments\".failure-threshold = 8",
                        "switchgear.breaker.\"users\".failure-threshold = 8");
    }

    @Test
    void savingWithoutAFileIsRefusedWithTheCure() throws Exception {
        assertThatThrownBy(() -> console.invoke("", "saveSettings"))
                .isExactlyInstanceOf(RuntimeMBeanException.class)
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("there is no file to save settings in; configure switchgear.settings-file and start the"
                        + " application again");
        assertThatThrownBy(() -> all("forgetSavedSettings", "*")).isExactlyInstanceOf(RuntimeMBeanException.class);
    }

    @Test
    void noAttributeOfTheWholeCanBeSet() {
        assertThatThrownBy(() -> console.set("", "Overview", "x"))
                .isExactlyInstanceOf(AttributeNotFoundException.class)
                .hasMessage("Overview cannot be set for all breakers; changeSettings(namePattern, changes) changes"
                        + " many");
    }

    @Test
    void whereNothingMayBeWrittenEachWayIsRefusedAndAllIsShown() throws Exception {
        try (TestConsole readOnly = new TestConsole(false, SavedSettings.none(), "orders")) {
            assertThat(readOnly.server.getMBeanInfo(TestConsole.name("orders")).getAttributes())
                    .hasSize(86)
                    .noneMatch(MBeanAttributeInfo::isWritable);
            String message = "switchgear.jmx.writable is false: nothing can be changed through JMX";
            assertThatThrownBy(() -> readOnly.set("orders", "FailureThreshold", 9))
                    .hasMessage(message);
            assertThatThrownBy(() -> readOnly.set("orders", "Mode", "FORCED_OPEN"))
                    .hasMessage(message);
            for (MBeanOperation<?> operation : BreakerOperations.all()) {
                assertRefused(readOnly, "orders", operation, message);
            }
            for (MBeanOperation<?> operation : ApplicationOperations.ALL) {
                if (!operation.info().getName().equals("exportSettings")) {
                    assertRefused(readOnly, "", operation, message);
                }
            }
            assertThat(readOnly.breakers.get("orders").snapshot().lastChange()).isNull();
            assertThat(readOnly.get("orders", "LastRefusedChange").toString()).contains("Z " + message + ", by ");
            assertThat(readOnly.get("", "Writable")).isEqualTo("false");
            assertThat(readOnly.invoke("", "exportSettings")).isEqualTo("# all settings are as configured");
        }
    }

    private static void assertRefused(
            TestConsole readOnly, String breaker, MBeanOperation<?> operation, String message) {
        Object[] parameters = operation.parameters().stream().map(any -> "1").toArray();
        assertThatThrownBy(() -> readOnly.invoke(breaker, operation.info().getName(), parameters))
                .as(operation.info().getName())
                .rootCause()
                .hasMessage(message);
    }

    @Test
    void everythingIsAnnouncedWithDescriptions() throws Exception {
        var info = console.server.getMBeanInfo(TestConsole.name(""));
        assertThat(info.getAttributes())
                .hasSize(20)
                .allMatch(a -> a.getDescription().length() > 10);
        assertThat(Arrays.stream(info.getOperations()).map(operation -> operation.getName()))
                .containsExactlyInAnyOrderElementsOf(Set.of(
                        "changeSettings",
                        "revertSettings",
                        "forceOpen",
                        "forceClosed",
                        "forceOpenFor",
                        "observe",
                        "automatic",
                        "reset",
                        "rehearse",
                        "endRehearsal",
                        "exportSettings",
                        "lookAtConfiguration",
                        "saveSettings",
                        "forgetSavedSettings"));
        assertThat(info.getNotifications()).hasSize(4);
    }
}
