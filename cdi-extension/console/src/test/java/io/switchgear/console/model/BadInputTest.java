// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.Test;

/** Tests what a server may do to the console: no breakers, strange names, no server. */
class BadInputTest {
    private static View first(Monitor monitor) {
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> !monitor.last().problem().startsWith("Connecting"));
        return monitor.last();
    }

    @Test
    void aServerWithoutBreakersIsNamedAsSuch() throws Exception {
        try (LocalLink local = new LocalLink(MBeanServerFactory.newMBeanServer(), Map.of());
                Monitor monitor = new Monitor(local.link(), view -> {})) {
            assertThat(first(monitor).problem()).startsWith("This JVM has no breaker of Switchgear");
        }
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() {
        try (Monitor monitor = new Monitor(new RemoteLink("localhost:1", null), view -> {})) {
            assertThat(first(monitor).problem()).startsWith("No connection: ").endsWith(". Trying again");
        }
        assertThatThrownBy(() -> new RemoteLink("no such thing", null))
                .hasMessageContaining("host:port")
                .hasMessageContaining("no such thing");
    }

    @Test
    void textOfOthersIsOneShortLine() {
        assertThat(Text.shown("a\n\"b\"\u001b[31m" + "x".repeat(10_000)))
                .hasSize(121)
                .startsWith("a⏎\"b\"␣[31m")
                .endsWith("…");
    }
}
