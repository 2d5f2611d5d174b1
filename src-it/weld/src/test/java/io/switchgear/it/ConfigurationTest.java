// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration file of an application, system properties and the file of saved settings. */
class ConfigurationTest {
    @ApplicationScoped
    static class Orders {
        @CircuitBreaking(failureThreshold = 3)
        public void place() {}
    }

    @TempDir
    Path directory;

    /** Runs with a {@code META-INF/switchgear.properties} that the context class loader finds. */
    private void withFile(String text, Runnable action) throws Exception {
        Path file = directory.resolve("META-INF/switchgear.properties");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
            thread.setContextClassLoader(application);
            action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void theFileOfTheApplicationIsRead() throws Exception {
        withFile("switchgear.breaker.\"Orders#place()\".failure-threshold = 8\nswitchgear.application = shop", () -> {
            try (Application application = new Application(Orders.class)) {
                assertThat(application.snapshot("Orders#place()").settings().failureThreshold())
                        .isEqualTo(8);
                assertThat(Application.mbeans())
                        .extracting(name -> name.getKeyProperty("application"))
                        .containsExactly("shop");
            }
        });
    }

    @Test
    void aSystemPropertyWinsOverTheFile() throws Exception {
        withFile("switchgear.default.failure-threshold = 8", () -> {
            Map<String, String> properties = Map.of("switchgear.default.failure-threshold", "9");
            try (Application application = new Application(properties, Orders.class)) {
                assertThat(application.snapshot("Orders#place()").settings().failureThreshold())
                        .isEqualTo(9);
            }
        });
    }

    @Test
    void aWrongValueOrKeyFailsTheDeployment() {
        Map<String, String> properties =
                Map.of("switchgear.default.failure-threshold", "none", "switchgear.default.open", "1");
        assertThatThrownBy(() -> new Application(properties, Orders.class).close())
                .hasStackTraceContaining("switchgear.default.open (system property) is not known")
                .hasStackTraceContaining(
                        "switchgear.default.failure-threshold (system property) must be a whole number");
        assertThat(Application.mbeans()).isEmpty();
    }

    @Test
    void criticalIsTrueOrFalseOrTheDeploymentFails() {
        Map<String, String> properties = Map.of("switchgear.breaker.\"Orders#place()\".critical", "yes");
        assertThatThrownBy(() -> new Application(properties, Orders.class).close())
                .hasStackTraceContaining("switchgear.breaker.\"Orders#place()\".critical (system property) must"
                        + " be true or false but was \"yes\"");
        assertThat(Application.mbeans()).isEmpty();
    }

    @Test
    void aDamagedSettingsFileStopsNothingAndItsGoodLinesCount() throws Exception {
        Path file = directory.resolve("default.properties");
        String damaged = """
                switchgear.breaker."Orders#place()".failure-threshold = 7
                switchgear.breaker."Orders#place()".open-millis = soon
                switchgear.breaker."Orders#pla
                """;
        Files.writeString(file, damaged);
        Map<String, String> properties = Map.of(
                "switchgear.settings-file",
                directory.resolve("{application}.properties").toString());
        try (Application application = new Application(properties, Orders.class)) {
            application.get(Orders.class).place();
            assertThat(application.snapshot("Orders#place()").settings().failureThreshold())
                    .isEqualTo(7);
            assertThat(application.snapshot("Orders#place()").settings().openMillis())
                    .isEqualTo(60_000);
        }
        assertThat(file).hasContent(damaged);
    }

    @Test
    void aSettingsFileOfOtherBytesThanTextStopsNothing() throws Exception {
        Path file = directory.resolve("default.properties");
        byte[] damaged = {(byte) 0xff, (byte) 0xfe, 0, '=', '\n', (byte) 0x80};
        Files.write(file, damaged);
        Map<String, String> properties = Map.of("switchgear.settings-file", file.toString());
        try (Application application = new Application(properties, Orders.class)) {
            application.get(Orders.class).place();
            assertThat(application.snapshot("Orders#place()").settings().failureThreshold())
                    .isEqualTo(3);
        }
        assertThat(file).hasBinaryContent(damaged);
    }

    @Test
    void withoutMBeansTheBreakersWork() {
        Map<String, String> properties = Map.of("switchgear.jmx.enabled", "false");
        try (Application application = new Application(properties, Orders.class)) {
            application.get(Orders.class).place();
            assertThat(application.snapshot("Orders#place()").successes()).isEqualTo(1);
            assertThat(Application.mbeans()).isEqualTo(java.util.Set.<ObjectName>of());
        }
    }

    @Test
    void aFileThatIsFollowedChangesTheBreakerOfAMethodUntilTheApplicationStops() throws Exception {
        Path file = Files.writeString(directory.resolve("followed.properties"), "# nothing yet\n");
        Map<String, String> properties = Map.of("switchgear.follow", file.toString(), "switchgear.follow-seconds", "1");
        try (Application application = new Application(properties, Orders.class)) {
            Files.writeString(file, "switchgear.breaker.\"Orders#place()\".failure-threshold = 8\n");
            await().until(() ->
                    application.snapshot("Orders#place()").settings().failureThreshold() == 8);
        }
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("switchgear-observers")));
    }
}
