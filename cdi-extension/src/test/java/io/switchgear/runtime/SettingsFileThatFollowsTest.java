// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitBreaker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Saved settings that others write while the application runs. */
class SettingsFileThatFollowsTest extends FollowingTestCase {
    private static final ObjectName USERS =
            name("io.switchgear:type=CircuitBreakers,application=test shop,name=\"users\"");

    private static ObjectName name(String name) {
        try {
            return new ObjectName(name);
        } catch (JMException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void tune(int value) throws JMException {
        ManagementFactory.getPlatformMBeanServer().setAttribute(USERS, new Attribute("FailureThreshold", value));
    }

    private static void save() throws JMException {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(name("io.switchgear:type=CircuitBreakers,application=test shop"), "saveSettings", null, null);
    }

    @Test
    void aLineAddedByHandFollowsAndOneThatIsRemovedGivesBackConfiguration() throws JMException {
        write(settings, THRESHOLD + "=8");
        scheduler.next();
        assertThat(threshold()).isEqualTo(3);
        scheduler.next();
        assertThat(threshold()).isEqualTo(8);
        assertThat(TestShop.get("CircuitBreakers", "users", "ChangedSettings"))
                .isEqualTo("FailureThreshold=8 (configured 3, saved in file " + settings + ")");
        write(THRESHOLD + "=5");
        write(settings, "# none");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(5);
        assertThat(users.snapshot().changedBy()).isEmpty();
    }

    @Test
    void whatThisApplicationSavesIsNoChange() throws JMException {
        restart("switchgear.settings-autosave", "true");
        for (int i = 10; i < 15; i++) {
            tune(i);
            scheduler.next();
            assertThat(application("LastLook").toString()).endsWith("nothing has changed");
        }
        assertThat(users.snapshot().changedBy().values()).noneMatch(author -> author.startsWith("saved in"));
        tune(3);
        scheduler.twice();
        assertThat(application("LastLook").toString()).endsWith("nothing has changed");
        assertThat(log.lines()).noneMatch(line -> line.contains("WARNING"));
        assertThat(settings).hasContent("# no settings are saved");
    }

    @Test
    void whatAnOperatorHasSavedFollowsTheFileAndWhatIsNotSavedStays() throws JMException {
        tune(10);
        save();
        write(settings, THRESHOLD + "=20");
        scheduler.twice();
        assertThat(threshold()).as("saved here, then changed elsewhere").isEqualTo(20);
        tune(30);
        write(settings, THRESHOLD + "=21", "switchgear.breaker.\"users\".open-millis=77");
        scheduler.twice();
        assertThat(threshold()).as("changed here and not saved").isEqualTo(30);
        assertThat(users.snapshot().settings().openMillis()).isEqualTo(77);
        assertThat(lines("SGR0068"))
                .singleElement()
                .asString()
                .contains("FailureThreshold is 30", "is now 21 saved in file");
    }

    @Test
    void savedSettingsAreAboveConfiguration() {
        write(settings, THRESHOLD + "=20");
        scheduler.twice();
        write(THRESHOLD + "=5");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(20);
        assertThat(configuredThreshold()).isEqualTo(5);
    }

    @Test
    void aFileThatVanishesOrIsEmptiedKeepsWhatIsInForce() throws IOException {
        write(settings, THRESHOLD + "=8");
        scheduler.twice();
        log.lines().clear();
        Files.delete(settings);
        scheduler.twice();
        Files.writeString(settings, "");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(8);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("SGR0067", "settings cannot be read from file " + settings, "missing or empty");
        write(settings, THRESHOLD + "=9");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(9);
    }

    @Test
    void badLinesAreLoggedOnceAndASetThatContradictsIsRefused() {
        write(settings, "nonsense", THRESHOLD + "=8");
        scheduler.twice();
        scheduler.twice();
        assertThat(lines("SGR0020")).hasSize(1);
        write(
                settings,
                "nonsense",
                THRESHOLD + "=9",
                "switchgear.breaker.\"users\".trip-on=CALL_WINDOW",
                "switchgear.breaker.\"users\".minimum-calls=500");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(8);
        assertThat(lines("SGR0020")).hasSize(1);
        assertThat(lines("SGR0066"))
                .singleElement()
                .asString()
                .contains("users (file " + settings + "): MinimumCalls must be");
    }

    @Test
    void nodesThatShareAFileFollowEachOther() throws Exception {
        restart("switchgear.settings-autosave", "true");
        ManualScheduler elsewhere = new ManualScheduler();
        try (TestShop other = new TestShop(
                java.util.Map.of(
                        "switchgear.settings-file", settings.toString(),
                        "switchgear.follow-seconds", "5",
                        "switchgear.jmx.enabled", "false"),
                elsewhere)) {
            CircuitBreaker there = other.breakers().create("users", TestShop.SETTINGS);
            tune(40);
            elsewhere.twice();
            assertThat(there.snapshot().settings().failureThreshold()).isEqualTo(40);
            tune(3);
            elsewhere.twice();
            assertThat(there.snapshot().settings().failureThreshold()).isEqualTo(3);
        }
    }

    @Test
    void aFileInItsOwnFolderOfLinksFollowsToo() throws IOException {
        Path real = directory.resolve("real.properties");
        write(real, THRESHOLD + "=8");
        Files.createSymbolicLink(settings, real);
        scheduler.twice();
        assertThat(threshold()).isEqualTo(8);
    }
}
