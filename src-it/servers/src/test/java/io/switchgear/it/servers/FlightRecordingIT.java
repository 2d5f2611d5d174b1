// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.servers.guarded.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import javax.management.JMException;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Recordings of the server's flight recorder, which the manifest of the extension makes visible to applications. */
@ArquillianTest
class FlightRecordingIT extends ConsolePerTest {
    private static final String TRANSITION = "io.switchgear.Transition";
    private static final String REJECTION = "io.switchgear.Rejection";
    private static final String SETTINGS_CHANGE = "io.switchgear.SettingsChange";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "shop", managed = false, testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    @Deployment(name = "enterprise", managed = false, testable = false)
    static EnterpriseArchive ear() {
        return ShrinkWrap.create(EnterpriseArchive.class, "enterprise.ear")
                .addAsModule(ShrinkWrap.create(WebArchive.class, "web.war").addPackage(Backend.class.getPackage()))
                .addAsLibrary(Archives.extension());
    }

    @Deployment(name = "blind", managed = false, testable = false)
    static WebArchive withoutTheManifest() {
        return ShrinkWrap.create(WebArchive.class, "blind.war")
                .addPackage(Backend.class.getPackage())
                .addAsLibrary(ShrinkWrap.create(ZipImporter.class, "extension.jar")
                        .importFrom(Archives.extension())
                        .as(JavaArchive.class)
                        .setManifest(new StringAsset("Manifest-Version: 1.0\n")));
    }

    @BeforeEach
    void record() throws Exception {
        console.diagnose("jfrStart", "name=incident");
    }

    private List<RecordedEvent> recorded() throws IOException, JMException {
        Path file = Archives.directory("recordings").resolve("incident.jfr");
        Files.deleteIfExists(file);
        console.diagnose("jfrStop", "name=incident", "filename=" + file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.switchgear."))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                .toList();
    }

    @Test
    void anIncidentOfAWebApplicationIsInTheServersRecording() throws Exception {
        deployer.deploy("shop");
        try {
            Shop.empty(console);
            Shop.breakBackend();
            for (int failure = 1; failure <= 5; failure++) {
                assertThat(Shop.status("users/1")).isEqualTo(502);
            }
            for (int call = 1; call <= 20; call++) {
                assertThat(Shop.status("users/1")).isEqualTo(503);
            }
            console.breaker("shop", "Users#find(long)").set("OpenMillis", 0);
            Shop.repairBackend();
            assertThat(Shop.status("users/1")).isEqualTo(200);
        } finally {
            deployer.undeploy("shop");
        }

        List<RecordedEvent> events = recorded().stream()
                .filter(event -> !event.getEventType().getName().equals(SETTINGS_CHANGE))
                .filter(event -> event.getString("breaker").equals("Users#find(long)"))
                .toList();
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals(TRANSITION))
                .satisfiesExactly(
                        opened -> {
                            assertThat(opened.getString("to")).isEqualTo("OPEN");
                            assertThat(opened.getString("cause"))
                                    .startsWith("5 consecutive failures (threshold 5), ")
                                    .contains(", the last with io.switchgear.example.BackendException: ");
                            assertThat(opened.getDuration("lasted")).isPositive();
                        },
                        halfOpened -> {
                            assertThat(halfOpened.getString("to")).isEqualTo("HALF_OPEN");
                            assertThat(halfOpened.getString("cause")).isEqualTo("its time in OPEN is over");
                            assertThat(halfOpened.getDuration("lasted")).isPositive();
                        });
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals(REJECTION))
                .allSatisfy(event -> assertThat(event.getString("cause")).startsWith("5 consecutive failures"))
                .extracting(event -> event.getLong("rejections"))
                .startsWith(1L)
                .satisfies(all ->
                        assertThat(all.stream().mapToLong(each -> each).sum()).isEqualTo(20));
    }

    @Test
    void anEnterpriseApplicationWithTheLibraryInItsLibIsRecordedToo() throws Exception {
        deployer.deploy("enterprise");
        try {
            console.breaker("enterprise", "Shelf#look()").set("FailureThreshold", 7);
            console.breaker("enterprise", "Shelf#look()").run("forceOpen", "drill");
            assertThat(Server.get("web/shelf").statusCode()).isEqualTo(503);
        } finally {
            deployer.undeploy("enterprise");
        }

        assertThat(recorded())
                .satisfiesExactly(
                        change -> {
                            assertThat(change.getEventType().getName()).isEqualTo(SETTINGS_CHANGE);
                            assertThat(change.getString("kind")).isEqualTo("breaker");
                            assertThat(change.getString("name")).isEqualTo("Shelf#look()");
                            assertThat(change.getString("change")).isEqualTo("FailureThreshold from 2 to 7");
                        },
                        forced -> {
                            assertThat(forced.getEventType().getName()).isEqualTo(TRANSITION);
                            assertThat(forced.getString("mode")).isEqualTo("FORCED_OPEN");
                        },
                        rejected -> {
                            assertThat(rejected.getEventType().getName()).isEqualTo(REJECTION);
                            assertThat(rejected.getString("cause")).isEqualTo("drill");
                        });
    }

    @Test
    @EnabledIfSystemProperty(
            named = "server.name",
            matches = "wildfly",
            disabledReason = "the server shows the flight recorder to every application")
    void withoutAVisibleFlightRecorderEverythingElseWorks() throws Exception {
        deployer.deploy("blind");
        try {
            console.breaker("blind", "Shelf#look()").set("FailureThreshold", 7);
            console.breaker("blind", "Shelf#look()").run("forceOpen", "drill");
            assertThat(Server.get("blind/shelf").statusCode()).isEqualTo(503);
        } finally {
            deployer.undeploy("blind");
        }

        assertThat(recorded()).isEmpty();
    }

    @Test
    void recordedApplicationsLeaveNoClassAfterTheirUndeployment() throws Exception {
        Copies copies = Copies.before(console);
        for (int deployment = 1; deployment <= 5; deployment++) {
            deployer.deploy("enterprise");
            try {
                console.breaker("enterprise", "Shelf#look()").set("FailureThreshold", 7);
                console.breaker("enterprise", "Shelf#look()").run("forceOpen", "drill");
                assertThat(Server.get("web/shelf").statusCode()).isEqualTo(503);
            } finally {
                deployer.undeploy("enterprise");
            }
        }
        assertThat(recorded()).as("three events of each").hasSize(15);
        copies.areCollected(Duration.ofSeconds(20));
    }
}
