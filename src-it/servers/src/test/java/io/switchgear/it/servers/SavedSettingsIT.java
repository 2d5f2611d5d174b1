// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.servers.Console.RemoteMBean;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes through JMX, and the file that keeps them for the next deployment. */
@ArquillianTest
class SavedSettingsIT extends ConsolePerTest {
    private static final String SHELF = "Shelf#look()";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "saving", managed = false, testable = false)
    static WebArchive saving() {
        return Archives.guarded("saving.war", file());
    }

    @Deployment(name = "autosaving", managed = false, testable = false)
    static WebArchive autosaving() {
        return Archives.guarded("autosaving.war", file() + "\nswitchgear.settings-autosave = true");
    }

    private static String file() {
        return "switchgear.settings-file = " + file("{application}");
    }

    private static Path file(String application) {
        return Archives.directory("settings").resolve(application + ".properties");
    }

    @BeforeEach
    void deleteSavedSettings() throws Exception {
        Files.deleteIfExists(file("saving"));
        Files.deleteIfExists(file("autosaving"));
    }

    /** Deploys an application and returns its breaker. */
    private RemoteMBean deployed(String application) throws JMException {
        deployer.deploy(application);
        return console.breaker(application, SHELF);
    }

    @Test
    void savedSettingsAreInForceAfterARedeploymentUntilTheyAreForgotten() throws Exception {
        RemoteMBean shelf = deployed("saving");
        RemoteMBean all = console.all("saving");
        String place = "file " + file("saving");
        try {
            assertThat(all.get("SettingsFile")).isEqualTo(place);
            shelf.set("FailureThreshold", 9);
            assertThat(file("saving")).doesNotExist();
            assertThat(all.run("saveSettings")).isEqualTo("saved in " + place + ": settings 1, names 1");
        } finally {
            deployer.undeploy("saving");
        }
        assertThat(file("saving")).content().contains("switchgear.breaker.\"Shelf#look()\".failure-threshold = 9");

        deployed("saving");
        try {
            assertThat(shelf.get("FailureThreshold")).isEqualTo(9);
            assertThat(setting(shelf).get("configured")).isEqualTo("2");
            assertThat(setting(shelf).get("origin")).isEqualTo("saved in " + place);
            assertThat(shelf.get("ChangedSettings"))
                    .isEqualTo("FailureThreshold=9 (configured 2, saved in " + place + ")");
            assertThat((String[]) all.run("forgetSavedSettings", "Shelf*")).containsExactly(SHELF);
            assertThat(shelf.get("FailureThreshold")).isEqualTo(9);
        } finally {
            deployer.undeploy("saving");
        }

        deployed("saving");
        try {
            assertThat(shelf.get("FailureThreshold")).isEqualTo(2);
            assertThat(setting(shelf).get("origin")).isEqualTo("code");
        } finally {
            deployer.undeploy("saving");
        }
    }

    @Test
    void unsavedSettingsAreLostAfterARedeployment() throws Exception {
        RemoteMBean shelf = deployed("saving");
        try {
            shelf.set("FailureThreshold", 9);
        } finally {
            deployer.undeploy("saving");
        }

        deployed("saving");
        try {
            assertThat(shelf.get("FailureThreshold")).isEqualTo(2);
        } finally {
            deployer.undeploy("saving");
        }
    }

    @Test
    void eachChangeIsSavedAtOnceIfThatIsConfigured() throws Exception {
        RemoteMBean shelf = deployed("autosaving");
        try {
            shelf.set("FailureThreshold", 9);
            assertThat(file("autosaving")).content().contains("failure-threshold = 9");
            console.all("autosaving").run("changeSettings", "*", "SuccessThreshold=4");
            shelf.run("undoLastChange");
        } finally {
            deployer.undeploy("autosaving");
        }

        deployed("autosaving");
        try {
            assertThat(shelf.get("FailureThreshold")).isEqualTo(9);
            assertThat(shelf.get("SuccessThreshold")).isEqualTo(3);
            assertThat(console.breaker("autosaving", "Stock#reserve()").get("SuccessThreshold"))
                    .isEqualTo(4);
        } finally {
            deployer.undeploy("autosaving");
        }
    }

    @Test
    void anUnreadableFileDoesNotFailTheDeployment() throws Exception {
        Files.write(file("saving"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, '\n', '=', '='});

        RemoteMBean shelf = deployed("saving");
        try {
            assertThat(shelf.get("FailureThreshold")).isEqualTo(2);
            assertThat(Server.get("saving/shelf").statusCode()).isEqualTo(200);
        } finally {
            deployer.undeploy("saving");
        }
    }

    private static CompositeData setting(RemoteMBean breaker) throws Exception {
        return ((TabularData) breaker.get("Settings")).get(new Object[] {"FailureThreshold"});
    }
}
