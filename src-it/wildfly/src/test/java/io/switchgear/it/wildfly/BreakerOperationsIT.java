// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Console;
import io.switchgear.it.servers.ConsolePerTest;
import io.switchgear.it.servers.Server;
import io.switchgear.it.wildfly.operated.BreakerResource;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The session bean of the ejb-module, called in each role. The database is the server's default one. */
@ArquillianTest
class BreakerOperationsIT extends ConsolePerTest {
    private static final String SHELF = "Shelf#look()";

    @Deployment(name = "operated", testable = false)
    static WebArchive operated() {
        return Archives.guarded("operated.war", "")
                .addPackage(BreakerResource.class.getPackage())
                .addAsLibrary(Archives.ejbModule());
    }

    @Deployment(name = "alone", testable = false)
    static WebArchive alone() {
        return Archives.guarded("alone.war", "switchgear.datasource = none")
                .addPackage(BreakerResource.class.getPackage())
                .addAsLibrary(Archives.ejbModule());
    }

    private static String act(String who, String operation) {
        return act("operated", who, operation, "7");
    }

    private static String act(String application, String who, String operation, String value) {
        return Server.get(application + "/desk/" + who + "/" + operation + "?name="
                        + URLEncoder.encode(SHELF, StandardCharsets.UTF_8) + "&value=" + value)
                .body();
    }

    @RepeatedTest(10)
    void anOperatorChangesInHisNameAndReads() throws Exception {
        Console.RemoteMBean shelf = console.breaker("operated", SHELF);
        assertThat(Integer.parseInt(act("operator", "report"))).isPositive();
        assertThat(act("operator", "change")).isEqualTo("7");
        assertThat(shelf.get("FailureThreshold")).isEqualTo(7);
        assertThat(shelf.get("LastChange").toString()).endsWith("by anonymous");
        assertThat(act("operated", "operator", "change", "0"))
                .as("as in JMX")
                .isEqualTo("FailureThreshold must be a whole number >= 1 and <= 1000000 but was \"0\"");
        assertThat(act("operator", "change-retry")).isEqualTo("there is no retry \"" + SHELF + "\"");
        assertThat(act("operator", "undo")).isEqualTo("2");
        assertThat(act("operator", "undo")).isEqualTo("no change of settings is left to undo");
        assertThat(act("operator", "half-open")).as("a closed one").isEqualTo("false");
        assertThat(act("operator", "mode")).isEqualTo("done");
        assertThat(shelf.get("Mode")).isEqualTo("FORCED_OPEN");
        assertThat(shelf.get("ModeReason")).isEqualTo("maintenance");
        assertThat(act("operator", "reset")).isEqualTo("done");
        assertThat(shelf.get("Mode")).isEqualTo("AUTOMATIC");
        assertThat(act("operator", "revert")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "change",
                "change-retry",
                "revert",
                "revert-retry",
                "undo",
                "half-open",
                "mode",
                "reset",
                "fleet-change",
                "fleet-revert",
                "fleet-mode",
                "fleet-reset"
            })
    void othersChangeNothing(String operation) throws Exception {
        Console.RemoteMBean shelf = console.breaker("operated", SHELF);
        Object before = shelf.get("LastChange");
        for (String who : List.of("reader", "stranger")) {
            assertThat(act(who, operation)).as(who).isEqualTo("refused");
        }
        assertThat(shelf.get("LastChange")).isEqualTo(before);
        assertThat(shelf.get("Mode")).isEqualTo("AUTOMATIC");
    }

    @Test
    void aCallerWithoutARoleGetsNothing() {
        HttpResponse<String> answer = Server.get("operated/breakers");
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(answer.body()).doesNotContain(SHELF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "snapshots", "nodes", "log"})
    void aReaderReadsAndAStrangerDoesNot(String operation) {
        assertThat(act("reader", operation)).isNotEqualTo("refused").isEqualTo(act("operator", operation));
        assertThat(act("stranger", operation)).isEqualTo("refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodes", "log", "fleet-change", "fleet-revert", "fleet-mode", "fleet-reset"})
    void withoutADatabaseThereIsNoFleet(String operation) throws Exception {
        assertThat(act("alone", "operator", operation, "7"))
                .startsWith("this application has no database, so that other nodes cannot be reached; set"
                        + " switchgear.datasource");
        assertThat(act("alone", "reader", operation, "7"))
                .as("the role is checked first")
                .isEqualTo(
                        List.of("nodes", "log").contains(operation)
                                ? act("alone", "operator", operation, "7")
                                : "refused");
        assertThat(console.breaker("alone", SHELF).get("Mode")).isEqualTo("AUTOMATIC");
    }

    @Test
    void theServersDefaultDataSourceKeepsWhatIsChanged() throws Exception {
        Console.RemoteMBean fleet = console.fleet("operated");
        assertThat(fleet.get("Store")).isEqualTo("database java:comp/DefaultDataSource");
        assertThat(fleet.get("Connection")).isEqualTo("connected");
    }
}
