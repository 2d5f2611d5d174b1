// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import static io.switchgear.settings.Setting.FAILURE_THRESHOLD;
import static io.switchgear.settings.Setting.OPEN_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.ejb.fleet.FleetStore.LoggedChange;
import io.switchgear.ejb.fleet.TestFleet.Node;
import io.switchgear.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The store goes away, comes back, loses answers or everything. */
class FleetOutageTest {
    private final TestFleet fleet = new TestFleet();
    private final Node one = fleet.node("node-1");
    private final Node two = fleet.node("node-2");

    private void steps() {
        one.fleet.step();
        two.fleet.step();
        one.fleet.step();
    }

    private List<LoggedChange> history() {
        return fleet.store.history("shop", 100_000);
    }

    @Test
    void changesWaitWhileTheStoreIsAwayAndAreWrittenInOrder() {
        steps();
        fleet.store.away = true;
        for (int i = 1; i <= 1_000; i++) {
            one.set("ada", FAILURE_THRESHOLD, 1_000 + i);
            one.fleet.step();
        }
        assertThat(one.fleet.state().pending()).isEqualTo(1_000);
        assertThat(one.fleet.state().problem()).isEqualTo("java.io.IOException: database memory is away");
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(2_000);
        fleet.pass(Duration.ofSeconds(31));
        fleet.store.away = false;
        steps();
        assertThat(history())
                .extracting(LoggedChange::newValue)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 1_000)
                        .mapToObj(i -> "" + (2_001 - i))
                        .toList());
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(2_000);
        assertThat(one.events("away")).singleElement().asString().contains("database memory is away");
        assertThat(one.events("back"))
                .containsExactly(
                        "database memory can be used again after 31 s; changes that waited and are written: 1000");
        assertThat(one.fleet.state().problem()).isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsTriedLessAndLessOften() {
        steps();
        fleet.store.away = true;
        fleet.store.queries = 0;
        for (int second = 0; second < 600; second++) {
            one.fleet.step();
            fleet.pass(Duration.ofSeconds(1));
        }
        assertThat(fleet.store.queries).isBetween(15L, 30L);
        fleet.store.away = false;
        fleet.pass(Duration.ofSeconds(30));
        one.fleet.step();
        assertThat(one.events("away")).hasSize(1);
        assertThat(one.events("back")).hasSize(1);
        fleet.store.away = true;
        one.fleet.step();
        assertThat(one.events("away")).as("another outage").hasSize(2);
    }

    @Test
    void aNodeThatStartsWithoutItsStoreOverwritesNothing() {
        one.set("ada", FAILURE_THRESHOLD, 7);
        steps();
        fleet.store.away = true;
        Node three = fleet.node("node-3");
        three.fleet.step();
        assertThat(three.fleet.load()).isEmpty();
        assertThat(three.fleet.state().loaded()).isFalse();
        assertThat(three.get(FAILURE_THRESHOLD)).as("as configured").isEqualTo(5);
        three.set("eve", FAILURE_THRESHOLD, 3);
        three.set("eve", OPEN_MILLIS, 3);
        fleet.store.away = false;
        fleet.pass(Duration.ofSeconds(31));
        three.fleet.step();
        steps();
        assertThat(three.get(FAILURE_THRESHOLD)).isEqualTo(7);
        assertThat(three.events("lost")).hasSize(1);
        assertThat(one.get(OPEN_MILLIS)).as("not stored before").isEqualTo(3L);
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(7);
    }

    @Test
    void whenTheQueueIsFullFinalValuesAreWritten() {
        steps();
        fleet.store.away = true;
        for (int i = 1; i <= 10_500; i++) {
            one.set("ada", FAILURE_THRESHOLD, 100 + i);
        }
        one.set("ada", OPEN_MILLIS, 9);
        assertThat(one.events("full"))
                .singleElement()
                .asString()
                .startsWith("more than 10000 changes wait to be written to database memory");
        assertThat(one.fleet.state().pending()).isEqualTo(10_002);
        assertThat(one.fleet.state().unlogged()).isEqualTo(499);
        fleet.store.away = false;
        steps();
        assertThat(history()).hasSize(10_002);
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(10_600);
        assertThat(two.get(OPEN_MILLIS)).isEqualTo(9L);
        assertThat(one.events("lost")).isEmpty();
        assertThat(one.fleet.state().pending()).isZero();
    }

    @Test
    void anAnswerThatIsLostIsNoSecondWrite() {
        steps();
        fleet.store.lostAnswers = 1;
        one.set("ada", FAILURE_THRESHOLD, 7);
        one.set("ada", FAILURE_THRESHOLD, 8);
        one.fleet.step();
        assertThat(one.fleet.state().pending()).isEqualTo(2);
        fleet.pass(Duration.ofSeconds(1));
        steps();
        assertThat(history()).extracting(LoggedChange::newValue).containsExactly("8", "7");
        assertThat(one.events("lost")).isEmpty();
    }

    @Test
    void aChangeThatNoStoreCanKeepBlocksNoOther() {
        String name = "x".repeat(201);
        one.breaker(name).by("ada").update(now -> now.with(Map.of(FAILURE_THRESHOLD, 7)));
        one.set("ada", OPEN_MILLIS, 9);
        steps();
        assertThat(one.events("lost")).singleElement().asString().contains("longer than 200 characters");
        assertThat(two.get(OPEN_MILLIS)).isEqualTo(9L);
        assertThat(one.breaker(name).settings().failureThreshold()).isEqualTo(7);
    }

    @Test
    void aStoreThatHasAnOlderVersionIsReadAgain() {
        one.set("ada", FAILURE_THRESHOLD, 7);
        one.set("ada", OPEN_MILLIS, 9);
        steps();
        fleet.store.wipe();
        two.set("bob", OPEN_MILLIS, 11);
        two.fleet.step();
        one.fleet.step();
        assertThat(one.events("replaced"))
                .containsExactly("database memory has version 1 of shop, and had 2; all is read again, and holds");
        assertThat(one.get(FAILURE_THRESHOLD)).isEqualTo(5);
        assertThat(one.get(OPEN_MILLIS)).isEqualTo(11L);
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(5);
    }

    @Test
    void aResetIsDoneAlsoAfterAStoreWithAnOlderVersionCameBack() {
        one.set("ada", FAILURE_THRESHOLD, 7);
        steps();
        one.fleet.operations().reset(List.of(), name -> true, "ada", "");
        steps();
        fleet.store.wipe();
        steps();
        assertThat(two.events("replaced")).hasSize(1);
        for (int i = 0; i < 5; i++) {
            two.breaker("payments").acquire().threw(new IOException("down"), 0);
        }
        assertThat(two.breaker("payments").snapshot().lastTrip()).isNotNull();
        one.fleet.operations().reset(List.of(), name -> true, "bob", "");
        steps();
        assertThat(two.breaker("payments").snapshot().lastChange()).contains("reset", "bob on node-1");
    }

    @Test
    void savingReturnsWhenAllIsWrittenAndThrowsOtherwise() {
        one.set("ada", FAILURE_THRESHOLD, 7);
        Map<String, Map<Setting, String>> values = Map.of("payments", Map.of(FAILURE_THRESHOLD, "7"));
        one.fleet.save(values);
        assertThat(history()).hasSize(1);
        two.fleet.step();
        fleet.store.away = true;
        one.fleet.save(Map.of());
        one.set("ada", FAILURE_THRESHOLD, 8);
        assertThatThrownBy(() -> one.fleet.save(values))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("database memory: not all is saved; changes that wait to be written: 1;")
                .hasMessageContaining("is away");
        fleet.store.away = false;
        two.set("bob", FAILURE_THRESHOLD, 9);
        two.fleet.step();
        assertThatThrownBy(() -> one.fleet.save(Map.of("payments", Map.of(FAILURE_THRESHOLD, "8"))))
                .as("another change won")
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("not kept");
    }

    @Test
    void whatIsStoredIsNotForgottenButReverted() {
        one.set("ada", FAILURE_THRESHOLD, 7);
        steps();
        assertThatThrownBy(() -> one.fleet.forget(name -> true))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("revertSettings restores what is configured");
        steps();
        assertThat(two.get(FAILURE_THRESHOLD)).isEqualTo(7);
    }

    @Test
    void twoProcessesWithOneNameAreNoticed() {
        Node twin = fleet.node("node-1");
        for (int i = 0; i < 5; i++) {
            steps();
            twin.fleet.step();
            fleet.pass(Duration.ofSeconds(11));
        }
        assertThat(one.events("namesake"))
                .containsExactly("another process calls itself node node-1 of shop; give each process its own name by"
                        + " switchgear.fleet.node");
        assertThat(twin.events("namesake")).hasSize(1);
        assertThat(two.events("namesake")).isEmpty();
    }

    @Test
    void aRestartIsNoSecondProcess() {
        steps();
        Node next = fleet.node("node-1");
        next.fleet.step();
        one.fleet.close();
        for (int i = 0; i < 5; i++) {
            fleet.pass(Duration.ofSeconds(11));
            next.fleet.step();
        }
        assertThat(next.events("namesake")).isEmpty();
        assertThat(fleet.store.nodes("shop")).hasSize(2);
    }

    @Test
    void aNodeThatStopsWritesWhatWaitsAndLeaves() {
        steps();
        one.set("ada", FAILURE_THRESHOLD, 7);
        one.fleet.close();
        assertThat(history()).hasSize(1);
        assertThat(fleet.store.nodes("shop"))
                .extracting(FleetStore.NodeStatus::node)
                .containsExactly("node-2");
        one.fleet.step();
        assertThat(fleet.store.nodes("shop"))
                .as("a step that was queued before")
                .hasSize(1);
        assertThat(one.events("lost")).isEmpty();
        two.set("bob", OPEN_MILLIS, 9);
        fleet.store.away = true;
        two.fleet.close();
        two.fleet.close();
        assertThat(two.events("away")).as("nothing goes on").isEmpty();
        assertThat(two.events("lost"))
                .containsExactly("this node stops, and changes made on it are not stored: 1;"
                        + " java.io.IOException: database memory is away");
    }

    @Test
    void heartbeatsAreSentWhenDueAndWhenSomethingChanged() {
        steps();
        long before = fleet.store.queries;
        one.fleet.step();
        assertThat(fleet.store.queries - before).as("one number is read").isEqualTo(1);
        one.states = "payments=OPEN";
        one.fleet.step();
        assertThat(fleet.store.nodes("shop").get(0).states()).isEqualTo("payments=OPEN");
        fleet.pass(Duration.ofSeconds(10));
        one.fleet.step();
        assertThat(fleet.store.nodes("shop").get(0).ageMillis()).isZero();
    }
}
