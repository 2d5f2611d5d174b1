// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.message.RecordedLog;
import io.switchgear.store.SavedSettings;
import java.util.List;
import javax.management.Notification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that are refused must not fill a disk. */
class RepeatedRefusalsTest {
    private final TestConsole console = new TestConsole("orders", "users");
    private final RecordedLog log = new RecordedLog();

    @AfterEach
    void close() {
        log.close();
        console.close();
    }

    private List<String> refusals() {
        return log.lines().stream().filter(line -> line.contains("SGR0006")).toList();
    }

    private void refused(String breaker, String attribute, Object value) {
        assertThatThrownBy(() -> console.set(breaker, attribute, value)).isNotNull();
    }

    @Test
    void theSameRefusalIsOneLine() throws Exception {
        List<Notification> sent = console.subscribed("orders");
        for (int i = 0; i < 1_000; i++) {
            refused("orders", "FailureThreshold", 0);
        }
        assertThat(refusals()).hasSize(1);
        assertThat(sent).hasSize(1_000);
    }

    @Test
    void differentRefusalsAreDifferentLines() throws Exception {
        refused("orders", "FailureThreshold", 0);
        refused("users", "FailureThreshold", 0);
        refused("orders", "OpenMillis", -1);
        assertThatThrownBy(() -> console.invoke("orders", "forceOpenFor", "0", "drill"))
                .isNotNull();
        assertThat(refusals()).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void valuesThatDifferEachTimeAreLimitedToo() {
        for (int i = 0; i < 1_000; i++) {
            refused("orders", "FailureThreshold", -i);
        }
        assertThat(refusals()).hasSize(20);
    }

    @Test
    void namesThatDifferEachTimeAreLimitedToo() {
        for (int i = 0; i < 1_000; i++) {
            refused("orders", "No" + i, 1);
        }
        assertThat(refusals()).hasSize(20);
    }

    @Test
    void acceptedChangesAreAllLogged() throws Exception {
        for (int i = 1; i <= 100; i++) {
            console.set("orders", "FailureThreshold", i);
            refused("orders", "FailureThreshold", 0);
        }
        assertThat(log.lines().stream().filter(line -> line.contains("SGR0005")))
                .hasSize(100);
        assertThat(refusals()).hasSize(1);
    }

    @Test
    void aFloodOfChangesIsRefusedAndWhatIsAcceptedIsLogged() throws Exception {
        for (int i = 1; i <= 1_000; i++) {
            console.set(i % 2 == 0 ? "orders" : "users", "FailureThreshold", i);
        }
        for (int i = 0; i < 1_000; i++) {
            refused("orders", "FailureThreshold", 1 + i);
            assertThatThrownBy(() -> console.invoke("users", "forceOpen", "x"))
                    .hasMessageContaining("1000 changes within a minute");
        }
        assertThat(console.get("orders", "FailureThreshold")).isEqualTo(1_000);
        assertThat(log.lines().stream().filter(line -> line.contains("SGR0005")))
                .hasSize(1_000);
        assertThat(refusals()).hasSize(2);
        // reading stays free
        assertThat(console.get("orders", "State")).isEqualTo("CLOSED");
        assertThat(console.invoke("", "exportSettings")).asString().contains("orders");
    }

    @Test
    void theLimitsOfAtMostAHundredAuthorsAreKept() {
        MBeanContext context = new MBeanContext(true, SavedSettings.none(), "", Runnable::run);
        var alices = context.refusals("alice");
        for (int i = 0; i < 99; i++) {
            context.refusals("user" + i);
            assertThat(context.refusals("alice")).isSameAs(alices);
        }
        for (int i = 0; i < 100; i++) {
            context.refusals("other" + i);
        }
        assertThat(context.refusals("alice")).isNotSameAs(alices);
    }
}
