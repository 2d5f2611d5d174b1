// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static io.switchgear.config.ListedConfig.configuration;
import static io.switchgear.config.ListedConfig.environment;
import static io.switchgear.config.ListedConfig.file;
import static io.switchgear.config.ListedConfig.systemProperties;
import static io.switchgear.config.ListedConfig.unlisted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.settings.BreakerSettings;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** MicroProfile Config that is present, but cannot be read as a whole or in part. */
class BrokenMicroProfileConfigTest {
    private static final String KEY = "switchgear.default.open-millis";

    @Test
    void anImplementationThatCannotBeLoadedFailsWithItsCause(@TempDir Path directory) throws Exception {
        Path services = directory.resolve("META-INF/services");
        Files.createDirectories(services);
        Files.writeString(services.resolve("org.eclipse.microprofile.config.spi.ConfigProviderResolver"), "no.Such");
        URL[] classPath = {directory.toUri().toURL(), location(Configuration.class), location(Config.class)};
        try (URLClassLoader server = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Method read = server.loadClass(Configuration.class.getName()).getMethod("of", ClassLoader.class);
            assertThatThrownBy(() -> read.invoke(null, server))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("MicroProfile Config is present but cannot be read: ")
                    .hasMessageContaining("no.Such")
                    .hasCauseInstanceOf(ServiceConfigurationError.class);
        }
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Test
    void anApiWithoutImplementationIsNone() {
        ConfigSources sources = ConfigSources.of(BrokenMicroProfileConfigTest.class.getClassLoader());
        assertThat(sources.problems()).isEmpty();
        assertThat(sources.entries()).extracting(ConfigEntry::source).contains("environment", "system property");
    }

    @Test
    void aConfigurationThatCannotBeCreatedFailsWithItsCause() {
        for (Throwable cause : new Throwable[] {
            new IllegalStateException("no such profile"),
            new NoClassDefFoundError("org/acme/Vault"),
            new ServiceConfigurationError("org.acme.Vault")
        }) {
            assertThatThrownBy(() -> MicroProfileConfig.read(() -> fail(cause), new ConfigSources()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("MicroProfile Config is present but cannot be read: " + cause)
                    .hasCause(cause);
        }
    }

    @Test
    void aSourceThatCannotListItsNamesFailsWithItsCause() {
        RuntimeException cause = new IllegalStateException("vault is sealed");
        assertThatThrownBy(() -> configuration(file(KEY, "1"), new Broken(KEY, cause) {
                    @Override
                    public Set<String> getPropertyNames() {
                        throw cause;
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasCause(cause);
    }

    @Test
    void aSourceThatThrowsForOneNameIsAProblemOfThatName() {
        Configuration configuration = configuration(
                file("switchgear.default.window-calls", "7"), new Broken(KEY, new SecurityException("a secret")));
        assertThat(configuration.problems())
                .containsExactly(
                        KEY + " cannot be read from MicroProfile Config: java.lang.SecurityException: a secret");
        assertThat(configuration.settings("x", BreakerSettings.defaults()).windowCalls())
                .isEqualTo(7);
    }

    @Test
    void namesOfOthersAreNeverRead() {
        assertThat(configuration(new Broken("org.acme.password", new SecurityException("a secret")))
                        .problems())
                .isEmpty();
    }

    @Test
    void anExpressionWithoutValueIsAProblem() {
        assertThat(configuration(file(KEY, "${open.millis}", "switchgear.application", "${name}"))
                        .problems())
                .containsExactlyInAnyOrder(
                        KEY + " (file) is \"${open.millis}\", which refers to a property that is not configured",
                        "switchgear.application (file) is \"${name}\", which refers to a property that is not"
                                + " configured");
    }

    @Test
    void anEmptyValueIsRefusedAndNotTakenForNone() {
        assertThat(configuration(file(KEY, "1"), environment("SWITCHGEAR_DEFAULT_OPEN_MILLIS", ""))
                        .problems())
                .containsExactly("SWITCHGEAR_DEFAULT_OPEN_MILLIS (EnvConfigSource) must be a whole number >= 0 and <="
                        + " 604800000 but was \"\"");
    }

    @Test
    void aProfileIsThatOfMicroProfile() {
        Configuration configuration = configuration(file(KEY, "1", "%dev." + KEY, "2", "%prod." + KEY, "3"));
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.settings("x", BreakerSettings.defaults()).openMillis())
                .isEqualTo(2);
    }

    @Test
    void aSourceNeedNotListKeysWithoutNames() {
        Configuration configuration = configuration(
                file(KEY, "1"),
                unlisted(KEY, "2", "switchgear.application", "shop", "switchgear.jmx.writable", "never"));
        assertThat(configuration.settings("x", BreakerSettings.defaults()).openMillis())
                .isEqualTo(2);
        assertThat(configuration.application()).contains("shop");
        assertThat(configuration.problems())
                .containsExactly("switchgear.jmx.writable (vault) must be true or false but was \"never\"");
    }

    @Test
    void aListedNameWithoutValueIsNotConfigured() {
        ConfigSource source = new Broken(KEY, null);
        assertThat(configuration(source).problems()).isEmpty();
        assertThat(configuration(source).settings("x", BreakerSettings.defaults()))
                .isEqualTo(BreakerSettings.defaults());
    }

    @Test
    void namesThatOtherFormatsWriteWithoutQuotesAreExplained() {
        assertThat(configuration(systemProperties("switchgear.breaker.payments.open-millis", "1"))
                        .problems())
                .containsExactly("switchgear.breaker.payments.open-millis (SysPropConfigSource) is not known; did you"
                        + " mean switchgear.breaker.\"payments\".open-millis?");
    }

    @Test
    @Timeout(20)
    void manyNamesAreReadInTimeThatGrowsWithTheirNumber() {
        Map<String, String> values = IntStream.range(0, 20_000)
                .boxed()
                .collect(Collectors.toMap(
                        i -> "switchgear.breaker.\"b" + i + "\".open-millis", i -> "1", (a, b) -> a, HashMap::new));
        values.put("SWITCHGEAR_BREAKER__B7__OPEN_MILLIS", "2");
        String[] flat = values.entrySet().stream()
                .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
                .toArray(String[]::new);
        Configuration configuration = configuration(file(flat));
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.settings("b19999", BreakerSettings.defaults()).openMillis())
                .isEqualTo(1);
    }

    /** Throws, without the compiler's knowledge, what a class loader or a source may throw. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> Config fail(Throwable cause) throws T {
        throw (T) cause;
    }

    /** Lists one name and throws when asked for it. */
    private static class Broken implements ConfigSource {
        private final String name;
        private final RuntimeException failure;

        Broken(String name, RuntimeException failure) {
            this.name = name;
            this.failure = failure;
        }

        @Override
        public Set<String> getPropertyNames() {
            return Set.of(name);
        }

        @Override
        public String getValue(String property) {
            if (property.equals(name) && failure != null) {
                throw failure;
            }
            return null;
        }

        @Override
        public String getName() {
            return "broken";
        }

        @Override
        public int getOrdinal() {
            return 500;
        }
    }
}
