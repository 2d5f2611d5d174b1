// SPDX-License-Identifier: Apache-2.0
package io.switchgear.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library runs on a JDK with one class of an application and no other library. */
class WithoutJakartaTest {
    @TempDir
    Path directory;

    private List<String> linesOf(Class<?> main, String... arguments) throws Exception {
        return linesOf(List.of(), main, arguments);
    }

    private void copy(Class<?> compiled) throws IOException {
        String path = compiled.getName().replace('.', '/') + ".class";
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        try (InputStream bytes = compiled.getResourceAsStream("/" + path)) {
            Files.copy(bytes, file);
        }
    }

    private List<String> linesOf(List<String> options, Class<?> main, String... arguments) throws Exception {
        copy(main);
        Path library = Path.of(Switchgear.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", library + System.getProperty("path.separator") + directory, main.getName()));
        command.addAll(List.of(arguments));
        Path printed = directory.resolve("out");
        Path logged = directory.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(printed.toFile())
                .redirectError(logged.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(logged)).isZero();
        return Files.readAllLines(printed);
    }

    @Test
    void theExampleOfTheManualRuns() throws Exception {
        assertThat(linesOf(Rates.class, "EUR", "XXX", "YYY", "GBP"))
                .satisfiesExactly(
                        eur -> assertThat(eur).isEqualTo("EUR 1.08"),
                        xxx -> assertThat(xxx).isEqualTo("XXX unknown, since no rate of XXX"),
                        yyy -> assertThat(yyy).isEqualTo("YYY unknown, since no rate of YYY"),
                        gbp -> assertThat(gbp).startsWith("GBP unknown, since rates is OPEN for another "));
    }

    @Test
    void nothingElseIsNeeded() throws Exception {
        assertDoesEverything(linesOf(EverythingOnTheJdk.class), true);
    }

    @Test
    void notEvenAFlightRecorderIsNeeded() throws Exception {
        assertDoesEverything(linesOf(List.of("--limit-modules", "java.se"), EverythingOnTheJdk.class), false);
    }

    @Test
    void whileNothingIsRecordedNoEventIsEvenLoaded() throws Exception {
        Path loaded = directory.resolve("loaded");
        assertDoesEverything(linesOf(List.of("-Xlog:class+load:file=" + loaded), EverythingOnTheJdk.class), true);
        assertThat(Files.readString(loaded))
                .contains("io.switchgear.flight.FlightEvents ", "io.switchgear.CircuitOpenException ")
                .doesNotContain("io.switchgear.flight.RejectionEvent", "io.switchgear.flight.TransitionEvent");
    }

    /** A class whose initialization fails, for instance at the end of a stack, fails for ever. */
    @Test
    void noClassIsInitializedWithinACall() throws Exception {
        Path initialized = directory.resolve("initialized");
        copy(FirstCalls.Begin.class);
        assertThat(linesOf(List.of("-Xlog:class+init=info:file=" + initialized), FirstCalls.class))
                .containsExactly("begin", "true", "true", "true", "true", "instead");
        List<String> lines = Files.readAllLines(initialized);
        int begin = lines.indexOf(lines.stream()
                .filter(line -> line.contains("Initializing 'io/switchgear/standalone/FirstCalls$Begin'"))
                .findFirst()
                .orElseThrow());
        assertThat(lines.subList(begin + 1, lines.size()))
                .filteredOn(line -> line.contains("Initializing 'io/switchgear/") && !line.contains("(no method)"))
                .isEmpty();
    }

    private static void assertDoesEverything(List<String> lines, boolean withFlightRecorder) {
        assertThat(lines)
                .containsExactly(
                        "flight recorder " + withFlightRecorder,
                        "asynchronous fine",
                        "rejected users is OPEN for another n ms; last failure java.lang.IllegalStateException",
                        "annotations 0",
                        "key fine",
                        "the guard \"kept\" lastGood needs Caffeine, which is not there; add"
                                + " com.github.ben-manes.caffeine:caffeine to the application, where this library is",
                        "mbeans 2",
                        "member 60000",
                        "parameter 3",
                        "mbeans 0",
                        "absent jakarta.ejb.ApplicationException",
                        "absent jakarta.interceptor.InterceptorBinding",
                        "absent com.github.benmanes.caffeine.cache.Caffeine",
                        "absent org.eclipse.microprofile.config.ConfigProvider");
    }
}
