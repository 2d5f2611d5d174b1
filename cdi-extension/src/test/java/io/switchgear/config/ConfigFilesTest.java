// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.BreakerSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several files {@code META-INF/switchgear.properties} on one class path, and files that are damaged. */
class ConfigFilesTest {
    private static final String NAME = "META-INF/switchgear.properties";
    private static final String KEY = "switchgear.default.open-millis";

    @TempDir
    Path directory;

    @Test
    void thatOfTheApplicationWinsWhereverItIsOnTheClassPath() throws IOException {
        URL library = jar("library.jar", KEY + "=1\nswitchgear.default.window-calls=7");
        URL application = file("shop.war/WEB-INF/classes", KEY + "=2");
        for (List<URL> order : List.of(List.of(library, application), List.of(application, library))) {
            Configuration configuration = read(order);
            assertThat(configuration.problems()).isEmpty();
            BreakerSettings settings = configuration.settings("x", BreakerSettings.defaults());
            assertThat(settings.openMillis()).isEqualTo(2);
            assertThat(settings.windowCalls()).as("the library's").isEqualTo(7);
        }
    }

    @Test
    void twoLibrariesThatDisagreeAreNamed() throws IOException {
        URL one = jar("one.jar", KEY + " = 1\n");
        URL other = jar("other.jar", KEY + " = 2\n");
        assertThat(read(List.of(one, other)).problems())
                .containsExactly(KEY + " has two values, \"1\" and \"2\", in " + one + " and in " + other
                        + ", and neither is stronger; remove one, or set it in WEB-INF/classes or outside the"
                        + " application");
        assertThat(read(List.of(one, other, file("x.war/WEB-INF/classes", KEY + "=3")))
                        .problems())
                .as("decided")
                .isEmpty();
        assertThat(read(List.of(one, jar("third.jar", KEY + ":1"))).problems())
                .as("they agree")
                .isEmpty();
        assertThat(read(List.of(one, one)).problems()).as("found twice").isEmpty();
    }

    @Test
    void aStrongerSourceDecidesBetweenLibraries() {
        ConfigEntry one = new ConfigEntry(KEY, "1", "one", ConfigEntry.LIBRARY_FILE);
        ConfigEntry other = new ConfigEntry(KEY, "2", "other", ConfigEntry.LIBRARY_FILE);
        ConfigEntry property = new ConfigEntry(KEY, "3", "system property", 3);
        Configuration configuration = new Configuration(List.of(one, other, property));
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.settings("x", BreakerSettings.defaults()).openMillis())
                .isEqualTo(3);
    }

    @Test
    void aKeyMayBeTwiceInAFileWithOneValueOnly() throws IOException {
        URL file = file("classes", KEY + "=1\n" + KEY + " 1\n" + KEY + ":2\n");
        assertThat(read(List.of(file)).problems())
                .containsExactly(KEY + " (" + file + ") has two values, \"1\" and \"2\"; remove one");
        assertThat(read(List.of(file("same", KEY + "=1\n" + KEY + " 1\n"))).problems())
                .isEmpty();
    }

    @Test
    void aFileIsReadInUtf8WithOrWithoutByteOrderMark() throws IOException {
        String line = "switchgear.breaker.\"caf\u00e9\".open-millis=7\n";
        for (String content : List.of(line, "\uFEFF" + line, "\uFEFF\r\n" + line)) {
            Configuration configuration = read(List.of(file("classes", content)));
            assertThat(configuration.problems()).isEmpty();
            assertThat(configuration
                            .settings("caf\u00e9", BreakerSettings.defaults())
                            .openMillis())
                    .isEqualTo(7);
        }
        assertThat(read(List.of(file("classes", "\uFEFF"))).problems())
                .as("empty")
                .isEmpty();
        URL latin = file("latin", line, StandardCharsets.ISO_8859_1);
        assertThat(read(List.of(latin)).problems()).containsExactly(latin + " is not in UTF-8; save it in UTF-8");
        URL utf16 = file("wide", line, StandardCharsets.UTF_16);
        assertThat(read(List.of(utf16)).problems()).containsExactly(utf16 + " is not in UTF-8; save it in UTF-8");
    }

    @Test
    void aFileThatCannotBeParsedOrReadIsAProblem() throws IOException {
        URL badEscape = file("classes", KEY + "=\\u00zz");
        assertThat(read(List.of(badEscape)).problems())
                .containsExactly(badEscape + " has a \\u without four hexadecimal digits");

        URL gone = directory.resolve("gone").toUri().toURL();
        assertThat(read(List.of(gone)).problems())
                .singleElement()
                .asString()
                .startsWith(gone + " cannot be read: java.io.FileNotFoundException");

        ConfigSources sources = new ConfigSources();
        ConfigFiles.read(
                new ClassLoader(null) {
                    @Override
                    public Enumeration<URL> getResources(String name) throws IOException {
                        throw new IOException("no such archive");
                    }
                },
                sources);
        assertThat(sources.problems())
                .containsExactly(NAME + " cannot be looked up: java.io.IOException: no such archive");
    }

    @Test
    void blanksAfterAKeyAndAValueAreNoPartOfThem() throws IOException {
        Configuration configuration = read(List.of(file("classes", "  " + KEY + " \t =  8 \t\r\n")));
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.settings("x", BreakerSettings.defaults()).openMillis())
                .isEqualTo(8);
    }

    @Test
    void aKeyOfAnotherLibraryOrAnUnknownVariableIsRefused() throws IOException {
        URL file = file("classes", "SWITCHGEAR_DEFAULT_OPEN_MILIS=1\nswitchgaer.application=x\n");
        assertThat(read(List.of(file)).problems())
                .containsExactly(
                        "SWITCHGEAR_DEFAULT_OPEN_MILIS (" + file
                                + ") is not known; did you mean SWITCHGEAR_DEFAULT_OPEN_MILLIS?",
                        "switchgaer.application (" + file + ") is not known; did you mean switchgear.application?");
    }

    @Test
    void anArchiveThatIsReplacedIsReadAnew() throws IOException {
        URL archive = jar("library.jar", KEY + "=1");
        assertThat(openMillis(archive)).isEqualTo(1);
        assertThat(jar("library.jar", "# a longer comment, so that entries move\n" + KEY + "=2"))
                .isEqualTo(archive);
        assertThat(openMillis(archive)).isEqualTo(2);
    }

    private static long openMillis(URL file) {
        return read(List.of(file)).settings("x", BreakerSettings.defaults()).openMillis();
    }

    @Test
    void theFilesOfAParentLoaderAreFoundThroughARealLoader() throws IOException {
        URL library = jar("lib.jar", KEY + "=1");
        file("shop.war/WEB-INF/classes", KEY + "=2");
        URL classes = directory.resolve("shop.war/WEB-INF/classes/").toUri().toURL();
        URL lib = directory.resolve("lib.jar").toUri().toURL();
        try (URLClassLoader parent = new URLClassLoader(new URL[] {lib}, null);
                URLClassLoader application = new URLClassLoader(new URL[] {classes}, parent)) {
            ConfigSources sources = new ConfigSources();
            ConfigFiles.read(application, sources);
            assertThat(sources.entries())
                    .extracting(ConfigEntry::source)
                    .containsExactlyInAnyOrder(library.toString(), classes + NAME);
            assertThat(Configuration.of(sources)
                            .settings("x", BreakerSettings.defaults())
                            .openMillis())
                    .isEqualTo(2);
        }
    }

    private static Configuration read(List<URL> files) {
        ConfigSources sources = new ConfigSources();
        ConfigFiles.read(
                new ClassLoader(null) {
                    @Override
                    public Enumeration<URL> getResources(String name) {
                        assertThat(name).isEqualTo(NAME);
                        return Collections.enumeration(files);
                    }
                },
                sources);
        return Configuration.of(sources);
    }

    private URL file(String folder, String content) throws IOException {
        return file(folder, content, StandardCharsets.UTF_8);
    }

    private URL file(String folder, String content, Charset charset) throws IOException {
        Path file = directory.resolve(folder).resolve(NAME);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content, charset).toUri().toURL();
    }

    private URL jar(String name, String content) throws IOException {
        Path jar = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new ZipEntry(NAME));
            entries.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return URI.create("jar:" + jar.toUri().toURL() + "!/" + NAME).toURL();
    }
}
