// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.wildfly.operated.BreakerResource;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.management.ObjectName;
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

    @Deployment(testable = false)
    static WebArchive operated() {
        return Archives.guarded("operated.war", "")
                .addPackage(BreakerResource.class.getPackage())
                .addAsLibrary(Archives.ejbModule());
    }

    private static String act(String who, String operation) {
        return Server.get("operated/desk/" + who + "/" + operation + "?breaker="
                        + URLEncoder.encode(SHELF, StandardCharsets.UTF_8))
                .body();
    }

    @RepeatedTest(10)
    void anOperatorChangesInHisNameAndReads() throws Exception {
        Console.RemoteMBean shelf = console.breaker("operated", SHELF);
        assertThat(Integer.parseInt(act("operator", "report"))).isPositive();
        assertThat(act("operator", "change")).isEqualTo("7");
        assertThat(shelf.get("FailureThreshold")).isEqualTo(7);
        assertThat(shelf.get("LastChange").toString()).endsWith("by anonymous");
        assertThat(act("operator", "wrong"))
                .contains("failureThreshold must be")
                .contains("0");
        assertThat(act("operator", "mode")).isEqualTo("done");
        assertThat(shelf.get("Mode")).isEqualTo("FORCED_OPEN");
        assertThat(shelf.get("ModeReason")).isEqualTo("maintenance");
        assertThat(act("operator", "reset")).isEqualTo("done");
        assertThat(shelf.get("Mode")).isEqualTo("AUTOMATIC");
        assertThat(act("operator", "revert")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"change", "wrong", "revert", "mode", "reset"})
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
    void aReaderReadsAndAStrangerDoesNot() {
        assertThat(Integer.parseInt(act("reader", "report"))).isPositive();
        assertThat(act("stranger", "report")).isEqualTo("refused");
        HttpResponse<String> answer = Server.get("operated/breakers");
        assertThat(answer.statusCode()).as("of a caller without a role").isGreaterThanOrEqualTo(400);
        assertThat(answer.body()).doesNotContain(SHELF);
    }

    @Test
    void theServersDefaultDataSourceKeepsWhatIsChanged() throws Exception {
        Console.RemoteMBean fleet = console.breaker(new ObjectName("io.switchgear:type=Fleet,application=operated"));
        assertThat(fleet.get("Store")).isEqualTo("database java:comp/DefaultDataSource");
        assertThat(fleet.get("Connection")).isEqualTo("connected");
    }
}
