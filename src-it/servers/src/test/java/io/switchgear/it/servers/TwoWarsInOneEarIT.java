// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.servers.Console.RemoteMBean;
import io.switchgear.it.servers.guarded.Backend;
import io.switchgear.it.servers.guarded.Rest;
import io.switchgear.it.servers.guarded.Shelf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** An enterprise application of two web applications with the same classes. */
@ArquillianTest
class TwoWarsInOneEarIT extends ConsolePerTest {
    private static final List<String> WARS = List.of("web1.war", "web2.war");

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "shared", managed = false, testable = false)
    static EnterpriseArchive shared() {
        return ShrinkWrap.create(EnterpriseArchive.class, "shared.ear")
                .addAsModules(war("web1.war"), war("web2.war"))
                .addAsLibrary(Archives.extension());
    }

    @Deployment(name = "apart", managed = false, testable = false)
    static EnterpriseArchive apart() {
        return ShrinkWrap.create(EnterpriseArchive.class, "apart.ear")
                .addAsModules(
                        war("web1.war").addAsLibrary(Archives.extension()),
                        war("web2.war").addAsLibrary(Archives.extension()));
    }

    @Deployment(name = "both", managed = false, testable = false)
    static EnterpriseArchive both() {
        return ShrinkWrap.create(EnterpriseArchive.class, "both.ear")
                .addAsModules(war("web1.war").addAsLibrary(Archives.extension()), war("web2.war"))
                .addAsLibrary(Archives.extension());
    }

    private static WebArchive war(String name) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addClasses(Backend.class, Shelf.class, Rest.class, Rest.Rejected.class);
    }

    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "payara",
            disabledReason = "the server starts a shared library for each WAR")
    void aLibraryThatBothShareKeepsTheirBreakersApart() throws Exception {
        deployer.deploy("shared");
        try {
            String name = "/" + Shelf.class.getName() + "#look()";
            RemoteMBean first = console.breaker("shared", "web1.war" + name);
            RemoteMBean second = console.breaker("shared", "web2.war" + name);
            assertThat(console.breakers())
                    .containsExactlyInAnyOrder(console.all("shared").name(), first.name(), second.name());

            assertWorkApart(first, second);
        } finally {
            deployer.undeploy("shared");
        }
        assertThat(console.breakers()).isEmpty();
    }

    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "glassfish.",
            disabledReason = "the server starts only one of two copies of a library")
    void aLibraryInEachGivesTheSecondNamesWithItsArchive() throws Exception {
        assertTheSecondHasNamesWithItsArchive("apart");
    }

    @Test
    @EnabledIfSystemProperty(
            named = "server.name",
            matches = "payara",
            disabledReason = "the server starts a shared library once")
    void aSharedLibraryThatIsStartedForEachGivesTheSecondNamesWithItsArchive() throws Exception {
        assertTheSecondHasNamesWithItsArchive("shared");
    }

    @Test
    @EnabledIfSystemProperty(
            named = "server.name",
            matches = "glassfish.",
            disabledReason = "the server starts each copy of a library")
    void ofALibraryInEachTheServerStartsOneAndTheOtherArchiveIsWarnedOf() throws Exception {
        deployer.deploy("apart");
        try {
            assertThat(console.breakers())
                    .containsExactlyInAnyOrder(
                            console.all("apart").name(),
                            console.breaker("apart", "Shelf#look()").name());
            console.breaker("apart", "Shelf#look()").run("forceOpen", "only one is guarded");
            assertThat(List.of(status("web1/shelf"), status("web2/shelf"))).containsExactlyInAnyOrder(503, 200);
            assertThat(Files.readString(Path.of(System.getProperty("server.log"))))
                    .contains(Shelf.class.getName() + " in web")
                    .contains(": @CircuitBreaking is of another copy of this library");
        } finally {
            deployer.undeploy("apart");
        }
        assertThat(console.breakers()).isEmpty();
    }

    @Test
    void aCopyInOneOfThemBesideTheSharedOneGuardsEachCallOnce() throws Exception {
        deployer.deploy("both");
        try {
            assertThat(List.of(status("web1/shelf"), status("web2/shelf"))).containsExactly(200, 200);
            Map<String, Object> calls = new TreeMap<>();
            for (ObjectName name : console.breakers("both")) {
                calls.put(name.toString(), console.breaker(name).get("CallsTotal"));
            }
            assertThat(calls)
                    .hasSize(2)
                    .allSatisfy((name, total) -> assertThat(total).isEqualTo(1L));
        } finally {
            deployer.undeploy("both");
        }
        assertThat(console.breakers()).isEmpty();
    }

    private void assertTheSecondHasNamesWithItsArchive(String application) throws Exception {
        deployer.deploy(application);
        try {
            // the server chooses which of them starts first
            Set<ObjectName> renamed = console.breakers();
            renamed.removeIf(name -> name.getKeyProperty("archive") == null);
            assertThat(renamed)
                    .hasSize(2)
                    .extracting(name -> name.getKeyProperty("archive"))
                    .containsOnly(renamed.iterator().next().getKeyProperty("archive"))
                    .isSubsetOf(WARS);
            String archive = renamed.iterator().next().getKeyProperty("archive");
            RemoteMBean plain = console.breaker(application, "Shelf#look()");
            RemoteMBean second = console.breaker(new ObjectName(plain.name() + ",archive=" + archive));
            assertThat(console.breakers())
                    .containsExactlyInAnyOrder(
                            console.all(application).name(),
                            new ObjectName(console.all(application).name() + ",archive=" + archive),
                            plain.name(),
                            second.name());

            assertWorkApart(archive.equals("web2.war") ? plain : second, archive.equals("web2.war") ? second : plain);
        } finally {
            deployer.undeploy(application);
        }
        assertThat(console.breakers()).isEmpty();
    }

    private static void assertWorkApart(RemoteMBean first, RemoteMBean second) throws Exception {
        assertThat(status("web1/shelf")).isEqualTo(200);
        assertThat(status("web1/shelf")).isEqualTo(200);
        assertThat(status("web2/shelf")).isEqualTo(200);
        assertThat(List.of(first.get("CallsTotal"), second.get("CallsTotal"))).containsExactly(2L, 1L);

        first.run("forceOpen", "only this one");

        assertThat(status("web1/shelf")).isEqualTo(503);
        assertThat(status("web2/shelf")).isEqualTo(200);
        assertThat(first.get("RejectedTotal")).isEqualTo(1L);
        assertThat(second.get("RejectedTotal")).isEqualTo(0L);
    }

    private static int status(String path) {
        return Server.get(path).statusCode();
    }
}
