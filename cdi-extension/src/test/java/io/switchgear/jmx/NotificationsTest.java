// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.switchgear.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.management.AttributeChangeNotification;
import javax.management.Notification;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotificationsTest {
    private final TestConsole console = new TestConsole("orders", "users");

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void transitionsAreSentByTheBreakerAndByTheWhole() throws Exception {
        List<Notification> own = console.subscribed("orders");
        List<Notification> all = console.subscribed("");
        console.fail("orders", 3);
        console.breakers.get("orders").halfOpenNow();
        console.breakers.get("users").reset();
        assertThat(own)
                .extracting(Notification::getType)
                .containsExactly("io.switchgear.state.open", "io.switchgear.state.half_open");
        assertThat(all)
                .extracting(Notification::getType)
                .containsExactly(
                        "io.switchgear.state.open", "io.switchgear.state.half_open", "io.switchgear.state.closed");
        assertThat(all).extracting(Notification::getSequenceNumber).containsExactly(1L, 2L, 3L);
        assertThat(all).extracting(Notification::getSource).containsOnly(TestConsole.name(""));
        assertThat(all)
                .extracting(Notification::getMessage)
                .element(2)
                .asString()
                .startsWith("users: ");
        Notification opened = own.get(0);
        assertThat(opened.getSource()).isEqualTo(TestConsole.name("orders"));
        assertThat(opened.getTimeStamp()).isEqualTo(console.time.instant().toEpochMilli());
        assertThat(opened.getMessage())
                .isEqualTo("orders: OPEN, was CLOSED: 3 consecutive failures (threshold 3), the last with"
                        + " java.io.IOException");
        CompositeData data = (CompositeData) opened.getUserData();
        assertThat(List.of(data.get("breaker"), data.get("from"), data.get("to"), data.get("mode"), data.get("by")))
                .isEqualTo(List.of("orders", "CLOSED", "OPEN", "AUTOMATIC", ""));
        assertThat(own.get(1).getMessage()).endsWith("half-open ahead of time, by code");
    }

    @Test
    void aChangedSettingIsSentWithOldAndNew() throws Exception {
        List<Notification> all = console.subscribed("");
        console.invoke("orders", "changeSettings", "FailureThreshold=7, TripOn=TIME_WINDOW");
        assertThat(all)
                .map(AttributeChangeNotification.class::cast)
                .extracting(
                        AttributeChangeNotification::getAttributeName,
                        AttributeChangeNotification::getOldValue,
                        AttributeChangeNotification::getNewValue,
                        AttributeChangeNotification::getAttributeType)
                .containsExactly(
                        tuple("TripOn", "CONSECUTIVE_FAILURES", "TIME_WINDOW", "java.lang.String"),
                        tuple("FailureThreshold", 3, 7, "int"));
        assertThat(all.get(1).getMessage())
                .isEqualTo("orders: FailureThreshold from 3 to 7, by unknown (local or server connector)");
    }

    @Test
    void modesAndTheStateThatTheyLeadToAreSent() throws Exception {
        List<Notification> own = console.subscribed("orders");
        console.invoke("orders", "forceOpen", "drill");
        console.invoke("orders", "forceClosed", "");
        assertThat(own)
                .extracting(Notification::getType)
                .containsExactly(
                        "io.switchgear.mode.forced_open",
                        "io.switchgear.state.open",
                        "io.switchgear.mode.forced_closed",
                        "io.switchgear.state.closed");
    }

    @Test
    void refusalsAreSent() throws Exception {
        List<Notification> own = console.subscribed("orders");
        List<Notification> all = console.subscribed("");
        assertThatThrownBy(() -> console.set("orders", "FailureThreshold", 0)).isNotNull();
        assertThat(own).singleElement().satisfies(refusal -> {
            assertThat(refusal.getType()).isEqualTo("io.switchgear.settings.refused");
            assertThat(refusal.getMessage())
                    .isEqualTo("orders: refused: FailureThreshold must be a whole"
                            + " number >= 1 and <= 1000000 but was 0, by unknown (local or server connector)");
        });
        assertThat(all).hasSize(1);
    }

    @Test
    void eachOfAThousandFastTransitionsIsSentOnceAndInOrder() throws Exception {
        List<Notification> own = console.subscribed("orders");
        List<Notification> all = console.subscribed("");
        console.breakers
                .get("orders")
                .update(present -> present.with(Map.of(Setting.FAILURE_THRESHOLD, 1, Setting.OPEN_MILLIS, 0)));
        own.clear();
        all.clear();
        for (int i = 0; i < 500; i++) {
            console.fail("orders", 1);
        }
        assertThat(own)
                .hasSize(999)
                .extracting(sent -> ((CompositeData) sent.getUserData()).get("number"))
                .isEqualTo(LongStream.rangeClosed(2, 1_000).boxed().toList());
        assertThat(all)
                .extracting(Notification::getMessage)
                .containsExactlyElementsOf(
                        own.stream().map(Notification::getMessage).toList());
    }

    @Test
    void anotherReasonIsTheModesAndNoOpening() throws Exception {
        console.invoke("orders", "forceOpen", "a");
        List<Notification> all = console.subscribed("");
        console.invoke("orders", "forceOpen", "b");
        assertThat(all).extracting(Notification::getType).containsExactly("io.switchgear.mode.forced_open");
    }

    @Test
    void onlyClassesOfTheJdkAreSent() throws Exception {
        List<Notification> all = console.subscribed("");
        console.invoke("orders", "forceOpen", "drill");
        console.invoke("orders", "changeSettings", "FailureThreshold=9");
        for (Notification sent : all) {
            assertThat(sent.getClass().getClassLoader()).isNull();
            assertThat(sent.getUserData() == null
                            || sent.getUserData().getClass().getClassLoader() == null)
                    .isTrue();
        }
    }
}
