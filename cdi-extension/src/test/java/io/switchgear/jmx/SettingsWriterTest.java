// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.config.SettingsFile;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import io.switchgear.store.SavedSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.JMException;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsWriterTest {
    private static final String ORDERS = "orders";

    private final TestConsole console = new TestConsole(ORDERS);

    @AfterEach
    void close() {
        console.close();
    }

    private Object get(String attribute) throws JMException {
        return console.get(ORDERS, attribute);
    }

    private String changed(String changes) throws JMException {
        return console.invoke(ORDERS, "changeSettings", changes).toString();
    }

    @Test
    void severalSettingsChangeAtOnceAndThoseInForceAreReturned() throws Exception {
        assertThat(changed("TripOn=CALL_WINDOW, WindowCalls = 50,MinimumCalls=30")
                        .lines())
                .hasSize(Setting.of(TunableKind.BREAKER).size())
                .contains("TripOn=CALL_WINDOW", "WindowCalls=50", "MinimumCalls=30", "FailureThreshold=3");
        assertThat(get("ChangedSettings"))
                .isEqualTo("TripOn=CALL_WINDOW (configured CONSECUTIVE_FAILURES, changed by unknown (local or server"
                        + " connector)), WindowCalls=50 (configured 100, changed by unknown (local or server"
                        + " connector)), MinimumCalls=30 (configured 20, changed by unknown (local or server"
                        + " connector))");
        assertThat(get("LastChange"))
                .isEqualTo("2026-01-01T00:00:00Z TripOn from"
                        + " CONSECUTIVE_FAILURES to CALL_WINDOW, WindowCalls from 100 to 50, MinimumCalls from 20"
                        + " to 30, by unknown (local or server connector)");
    }

    @Test
    void settingsAreCalledAsInJmxInCodeOrInConfiguration() throws Exception {
        assertThat(changed("failureThreshold=7, open-millis=8, SuccessThreshold=9"))
                .contains("FailureThreshold=7", "OpenMillis=8", "SuccessThreshold=9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FailureThreshold=0|FailureThreshold must be a whole number >= 1 and <= 1000000 but was \"0\"",
                "FailureThreshold=|FailureThreshold must be a whole number >= 1 and <= 1000000 but was \"\"",
                "OpenMillis=7,FailureThreshold=x|FailureThreshold must be a whole number >= 1 and <= 1000000 but was"
                        + " \"x\"",
                "OpenMillis=7,TripOn=CALL_WINDOW,MinimumCalls=200|MinimumCalls must be <= WindowCalls (100, the default) but was"
                        + " 200",
                "String|changes must be like MinimumCalls=10, WindowCalls=50 but was String",
                "OpenMillis=7,|changes must be like MinimumCalls=10, WindowCalls=50 but was OpenMillis=7,",
                "OpenMillis=7,OpenMillis=8|changes must name a setting once but named OpenMillis twice",
                "State=CLOSED|\"State\" is no setting of a breaker; settings are Enabled, TripOn, FailureThreshold, WindowCalls,"
                        + " WindowMillis, MinimumCalls, FailureRateThresholdPercent, SlowCallMillis,"
                        + " SlowCallRateThresholdPercent, OpenMillis, OpenBackoffFactor, OpenMaxMillis,"
                        + " OpenJitterPercent, SuccessThreshold, HalfOpenMaxCalls, TrialTimeoutMillis,"
                        + " MaxTrialFailures, TrialIntervalMillis, RampUpMillis, MaxConcurrentCalls, MaxWaitingCalls,"
                        + " MaxWaitMillis, CallTimer"
            })
    void refusedChangesChangeNothingAndNameTheReason(String changes, String message) throws Exception {
        assertThatThrownBy(() -> changed(changes))
                .isExactlyInstanceOf(RuntimeMBeanException.class)
                .cause()
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThat(get("ChangedSettings")).isEqualTo("");
        assertThat(get("LastRefusedChange").toString())
                .endsWith(" " + message + ", by unknown (local or server connector)");
    }

    @Test
    void changesWithoutAnyTextAreRefused() {
        assertThatThrownBy(() -> console.invoke(ORDERS, "changeSettings", (Object) null))
                .rootCause()
                .hasMessage("changes must be like MinimumCalls=10, WindowCalls=50 but was null");
        for (String blank : List.of("", " ", "\n")) {
            assertThatThrownBy(() -> changed(blank))
                    .rootCause()
                    .hasMessage("changes must be like MinimumCalls=10, WindowCalls=50 but was \"\"");
        }
        assertThatThrownBy(() -> console.invoke(ORDERS, "changeSettings", new int[] {1}))
                .rootCause()
                .hasMessage("changes must be like MinimumCalls=10, WindowCalls=50 but was a int[]");
        assertThatThrownBy(() -> changed("x".repeat(10_000) + "\n=1"))
                .rootCause()
                .extracting(Throwable::getMessage)
                .asString()
                .hasSizeLessThan(600)
                .doesNotContain("\n");
    }

    @Test
    void changesAreUndoneAndSettingsReverted() throws Exception {
        changed("FailureThreshold=7");
        changed("OpenMillis=1, FailureThreshold=8");
        assertThat(console.invoke(ORDERS, "undoLastChange").toString())
                .contains("FailureThreshold=7", "OpenMillis=60000");
        changed("SuccessThreshold=1");
        assertThat(console.invoke(ORDERS, "revertSettings").toString())
                .contains("FailureThreshold=3", "SuccessThreshold=3");
        for (int i = 0; i < 3; i++) {
            console.invoke(ORDERS, "undoLastChange");
        }
        assertThat(get("ChangedSettings")).isEqualTo("");
        assertThatThrownBy(() -> console.invoke(ORDERS, "undoLastChange"))
                .rootCause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("no change of settings is left to undo");
    }

    @Test
    void aSavedValueIsNotShownAsChangedByTheFile(@TempDir Path directory) throws Exception {
        SettingsFile file = new SettingsFile(directory.resolve("shop.properties"));
        file.save(Map.of(ORDERS, Map.of(Setting.FAILURE_THRESHOLD, "7")));
        try (TestConsole started = new TestConsole(true, SavedSettings.in(file, false), ORDERS)) {
            assertThat(((TabularData) started.get(ORDERS, "Settings"))
                            .get(new Object[] {"FailureThreshold"})
                            .get("origin"))
                    .isEqualTo("saved in " + file.description());
            assertThat(started.get(ORDERS, "ChangedSettings"))
                    .isEqualTo("FailureThreshold=7 (configured 3, saved in " + file.description() + ")");
        }
    }

    @Test
    void theTableOfSettingsNamesTheOriginOfEachValue() throws Exception {
        changed("FailureThreshold=7");
        TabularData table = (TabularData) get("Settings");
        assertThat(table.size()).isEqualTo(Setting.of(TunableKind.BREAKER).size());
        CompositeData changed = table.get(new Object[] {"FailureThreshold"});
        assertThat(changed.get("value")).isEqualTo("7");
        assertThat(changed.get("configured")).isEqualTo("3");
        assertThat(changed.get("default")).isEqualTo("5");
        assertThat(changed.get("origin")).isEqualTo("changed by unknown (local or server connector)");
        assertThat(changed.get("unit")).isEqualTo("failures");
        assertThat(changed.get("min")).isEqualTo(1L);
        assertThat(changed.get("max")).isEqualTo(1_000_000L);
        assertThat(table.get(new Object[] {"TripOn"}).get("origin")).isEqualTo("code");
        assertThat(table.get(new Object[] {"TripOn"}).get("min")).isNull();
    }

    @Test
    void theLastFiftyTransitionsAreKeptNewestFirst() throws Exception {
        for (int i = 0; i < 60; i++) {
            console.time.advanceMillis(1);
            console.breakers.get(ORDERS).reset();
        }
        changed("FailureThreshold=1");
        console.fail(ORDERS, 1);
        String[] lines = (String[]) get("Transitions");
        assertThat(lines).hasSize(50);
        assertThat(lines[0])
                .isEqualTo("2026-01-01T00:00:00.060Z CLOSED to OPEN: 1 failure (threshold 1), the last with"
                        + " java.io.IOException");
        assertThat(lines[1])
                .isEqualTo("2026-01-01T00:00:00.060Z CLOSED: FailureThreshold from 3 to 1, by unknown (local or"
                        + " server connector)");
        assertThat(lines[2]).isEqualTo("2026-01-01T00:00:00.060Z CLOSED: reset, by code");
        TabularData table = (TabularData) get("TransitionTable");
        assertThat(table.size()).isEqualTo(50);
        assertThat(table.get(new Object[] {62L}).get("to")).isEqualTo("OPEN");
    }

    @Test
    void totalsShownStartFromZeroAgainWhileThoseOfTheBreakerGoOn() throws Exception {
        console.fail(ORDERS, 2);
        console.invoke(ORDERS, "resetTotals");
        assertThat(get("FailuresTotal")).isEqualTo(0L);
        assertThat(get("ConsecutiveFailures")).isEqualTo(2);
        console.fail(ORDERS, 1);
        assertThat(get("FailuresTotal")).isEqualTo(1L);
        assertThat(get("CallsTotal")).isEqualTo(1L);
        assertThat(console.breakers.get(ORDERS).snapshot().failures()).isEqualTo(3);
    }

    /** Writes pairs of equal values, of which a reader must never see only one. */
    @Test
    void writersAtOnceLoseNoUpdateAndReadersNeverSeeHalfOfOne() throws Exception {
        AtomicInteger torn = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(2);
        Thread reader = new Thread(() -> {
            while (done.getCount() > 0) {
                Map<String, Object> seen = both();
                if (!seen.get("FailureThreshold").equals(seen.get("SuccessThreshold"))) {
                    torn.incrementAndGet();
                }
            }
        });
        changed("FailureThreshold=1, SuccessThreshold=1");
        reader.start();
        List<Thread> writers = List.of(writer(done, 10), writer(done, 5_000));
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }
        reader.join();
        assertThat(torn).hasValue(0);
        assertThat(console.breakers.get(ORDERS).snapshot().settings().windowCalls())
                .as("a setting that was not written")
                .isEqualTo(100);
    }

    private Map<String, Object> both() {
        try {
            AttributeList values = console.server.getAttributes(
                    TestConsole.name(ORDERS), new String[] {"FailureThreshold", "SuccessThreshold"});
            return Map.of(
                    "FailureThreshold",
                    values.asList().get(0).getValue(),
                    "SuccessThreshold",
                    values.asList().get(1).getValue());
        } catch (JMException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private Thread writer(CountDownLatch done, int from) {
        return new Thread(() -> {
            try {
                for (int value = from; value < from + 500; value++) {
                    AttributeList pair = new AttributeList(Arrays.asList(
                            new Attribute("FailureThreshold", value), new Attribute("SuccessThreshold", value)));
                    AttributeList set = console.server.setAttributes(TestConsole.name(ORDERS), pair);
                    if (set.size() != 2) {
                        throw new AssertionError("refused " + value);
                    }
                }
            } catch (JMException impossible) {
                throw new AssertionError(impossible);
            } finally {
                done.countDown();
            }
        });
    }
}
