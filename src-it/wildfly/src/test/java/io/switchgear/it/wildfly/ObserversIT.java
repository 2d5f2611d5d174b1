package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.wildfly.Console.BreakerMBean;
import io.switchgear.it.wildfly.hearing.Siren;
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
 * What the beans of an application hear of its breakers, whoever's thread brings it about, and what business notices of
 * that. Two session beans hear first of all: one always fails, the other may be asleep.
 */
@ArquillianTest
class ObserversIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private Console console;
    private BreakerMBean fuse;
    private int before;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "hearing.war")
                .addPackage(Siren.class.getPackage())
                .addAsLibrary(Archives.extension());
    }

    @BeforeEach
    void connect() throws Exception {
        console = Console.connect();
        fuse = console.breaker("hearing", "fuse");
        before = heard().size();
    }

    @AfterEach
    void disconnect() throws Exception {
        int heard = heard().size();
        fuse.run("reset");
        await().atMost(SOON).until(() -> heard().size() > heard);
        console.close();
    }

    @Test
    void whatSomebodyBringsAboutInAConsoleIsHeardInOrderAndAsAPartOfTheApplication() throws Exception {
        for (int i = 0; i < 25; i++) {
            fuse.run("forceOpen", "drill");
            fuse.run("reset");
        }

        assertHeard(IntStream.range(0, 50)
                .mapToObj(i -> i % 2 == 0 ? "OPEN" : "CLOSED")
                .toList());
    }

    @Test
    void whatARequestBringsAboutIsHeardInOrderAndAsAPartOfTheApplication() {
        get("trade");
        get("trade");

        // openMillis is 0, so that the second call is a trial
        assertHeard(List.of("OPEN", "HALF_OPEN", "OPEN"));
    }

    /** Each has the next number, and was heard in the right place. */
    private void assertHeard(List<String> states) {
        await().atMost(SOON).until(() -> heard().size() >= before + states.size());
        assertThat(heard().stream().skip(before))
                .containsExactlyElementsOf(IntStream.range(0, states.size())
                        .mapToObj(i -> "fuse #" + (before + i + 1) + " " + states.get(i)
                                + " in hearing with Kim, transaction " + Status.STATUS_NO_TRANSACTION)
                        .toList());
    }

    @Test
    void anObserverThatFailsRollsNoBusinessBack() {
        assertThat(get("trade")).isEqualTo(String.valueOf(Status.STATUS_COMMITTED));

        await().atMost(SOON).until(() -> heard().size() > before);
    }

    @Test
    void anObserverThatSleepsKeepsNoBusinessWaiting() throws Exception {
        get("sleep");

        try {
            assertThat(get("trade")).isEqualTo(String.valueOf(Status.STATUS_COMMITTED));
            fuse.run("forceOpen", "drill");
            assertThat(fuse.get("Mode")).isEqualTo("FORCED_OPEN");
            assertThat(heard()).as("while it is asleep").hasSize(before);
        } finally {
            get("wake");
        }
        assertHeard(List.of("OPEN", "OPEN"));
    }

    private static List<String> heard() {
        return get("heard").lines().toList();
    }

    private static String get(String path) {
        HttpResponse<String> answer = Server.get("hearing/" + path);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
        return answer.body();
    }
}
