// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Console.RemoteMBean;
import io.switchgear.it.servers.listening.Siren;
import jakarta.transaction.Status;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Transitions for observers in an application, whichever thread causes them, and the effect of observers on calls. Two
 * session beans are notified first: one always fails, the other may block.
 */
@ArquillianTest
class ObserversIT extends ConsolePerTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private RemoteMBean fuse;
    private int before;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "listening.war")
                .addPackage(Siren.class.getPackage())
                .addAsLibrary(Archives.extension());
    }

    @BeforeEach
    void find() throws Exception {
        fuse = console.breaker("listening", "fuse");
        before = received().size();
    }

    @AfterEach
    void restore() throws Exception {
        int present = received().size();
        fuse.run("reset");
        await().atMost(SOON).until(() -> received().size() > present);
    }

    @Test
    void transitionsByAConsoleAreReceivedInOrderInTheContextOfTheApplication() throws Exception {
        for (int i = 0; i < 25; i++) {
            fuse.run("forceOpen", "drill");
            fuse.run("reset");
        }

        assertReceived(IntStream.range(0, 50)
                .mapToObj(i -> i % 2 == 0 ? "OPEN" : "CLOSED")
                .toList());
    }

    @Test
    void transitionsByARequestAreReceivedInOrderInTheContextOfTheApplication() {
        get("trade");
        get("trade");

        // openMillis is 0, so that the second call is a trial
        assertReceived(List.of("OPEN", "HALF_OPEN", "OPEN"));
    }

    /** Checks the new transitions: consecutive numbers, in the context of the application. */
    private void assertReceived(List<String> states) {
        await().atMost(SOON).until(() -> received().size() >= before + states.size());
        assertThat(received().stream().skip(before))
                .containsExactlyElementsOf(IntStream.range(0, states.size())
                        .mapToObj(i -> "fuse #" + (before + i + 1) + " " + states.get(i)
                                + " in listening with Kim, transaction " + Status.STATUS_NO_TRANSACTION)
                        .toList());
    }

    @Test
    void aFailingObserverRollsNoTransactionBack() {
        assertThat(get("trade")).isEqualTo(String.valueOf(Status.STATUS_COMMITTED));

        await().atMost(SOON).until(() -> received().size() > before);
    }

    @Test
    void aBlockingObserverDelaysNoCall() throws Exception {
        get("block");

        try {
            assertThat(get("trade")).isEqualTo(String.valueOf(Status.STATUS_COMMITTED));
            fuse.run("forceOpen", "drill");
            assertThat(fuse.get("Mode")).isEqualTo("FORCED_OPEN");
            assertThat(received()).as("while the observer blocks").hasSize(before);
        } finally {
            get("unblock");
        }
        assertReceived(List.of("OPEN", "OPEN"));
    }

    private static List<String> received() {
        return get("received").lines().toList();
    }

    private static String get(String path) {
        HttpResponse<String> response = Server.get("listening/" + path);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 204);
        return response.body();
    }
}
