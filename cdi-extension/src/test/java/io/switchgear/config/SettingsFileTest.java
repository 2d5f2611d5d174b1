// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static io.switchgear.settings.Setting.FAILURE_THRESHOLD;
import static io.switchgear.settings.Setting.OPEN_MILLIS;
import static io.switchgear.settings.Setting.TRIP_ON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.message.RecordedLog;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SettingsFileTest extends SettingsFileTestCase {
    private static String line(String breaker, String setting, String value) {
        return "switchgear.breaker.\"" + breaker + "\"." + setting + " = " + value + "\n";
    }

    private void write(String... lines) throws IOException {
        Files.writeString(path, String.join("", lines));
    }

    private List<String> warnings() {
        try (RecordedLog log = new RecordedLog()) {
            file.load();
            return log.lines();
        }
    }

    @Test
    void whatIsSavedIsLoaded() {
        Map<String, Map<Setting, String>> settings = Map.of(
                "Orders#place(String,int)",
                Map.of(FAILURE_THRESHOLD, "10", TRIP_ON, "TIME_WINDOW"),
                "größe = \"x\": #!\\",
                Map.of(OPEN_MILLIS, " 250 "));
        file.save(settings);
        assertThat(file.load()).isEqualTo(settings);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void aFileThatDoesNotExistIsEmptyAndIsCreatedByTheFirstSave() {
        assertThat(file.load()).isEmpty();
        assertThat(file.forget(name -> true)).isEmpty();
        file.save(Map.of("a", Map.of()));
        assertThat(path).doesNotExist();
        file.save(Map.of("a", Map.of(OPEN_MILLIS, "1")));
        assertThat(path).hasContent(line("a", "open-millis", "1"));
    }

    @Test
    void aSaveReplacesWhatItsBreakersHadAndLeavesOthersAlone() throws IOException {
        write(
                "# tuned on Monday\n",
                line("a", "open-millis", "1"),
                line("a", "failure-threshold", "2"),
                "\n",
                line("b", "open-millis", "3"),
                line("c", "open-millis", "4"));
        file.save(Map.of("a", Map.of(OPEN_MILLIS, "10", TRIP_ON, "CALL_WINDOW"), "c", Map.of()));
        assertThat(path)
                .content()
                .isEqualTo("# tuned on Monday\n" + line("a", "open-millis", "10") + "\n" + line("b", "open-millis", "3")
                        + line("a", "trip-on", "CALL_WINDOW"));
    }

    @Test
    void whatIsForgottenIsNamed() throws IOException {
        String kept = "# kept\n" + line("b1", "open-millis", "2") + line("a3", "open", "1");
        write(line("a1", "open-millis", "1"), kept, line("a2", "trip-on", "TIME_WINDOW"));
        assertThat(file.forget(name -> name.startsWith("a"))).containsExactly("a1", "a2");
        assertThat(path).content().isEqualTo(kept);
        assertThat(file.forget(name -> name.startsWith("a"))).isEmpty();
    }

    @Test
    void eachLineThatMeansNothingIsWarnedOfByNumberAndKeyAndKept() throws IOException {
        String damaged = "switchgear.default.open-millis = 5\n"
                + "# a comment\\\n"
                + line("a", "open", "1")
                + "\n"
                + line("a", "failure-\\\n   threshold", "many")
                + "rubbish\n"
                + line("a", "open-millis", "\\u12")
                + line("a", "window-calls", "0");
        write(damaged);
        assertThat(new SettingsFile(path).load()).isEmpty();
        String prefix = "WARNING SGR0020: " + path + ", line ";
        String suffix = "; the line is ignored but kept in the file";
        assertThat(warnings())
                .containsExactly(
                        prefix + "1: switchgear.default.open-millis is no setting" + suffix,
                        prefix + "3: switchgear.breaker.\"a\".open is no setting" + suffix,
                        prefix + "5: switchgear.breaker.\"a\".failure-threshold must be a whole number >= 1 and"
                                + " <= 1000000 but was \"many\"" + suffix,
                        prefix + "7: rubbish is no setting" + suffix,
                        prefix + "8: switchgear.breaker.\"a\".open-millis = \\u12 has a \\u without four hexadecimal"
                                + " digits" + suffix,
                        prefix + "9: switchgear.breaker.\"a\".window-calls must be a whole number >= 1 and <= 1000000"
                                + " but was \"0\"" + suffix);
        file.save(Map.of("a", Map.of(TRIP_ON, "TIME_WINDOW")));
        file.forget(name -> true);
        assertThat(path).content().isEqualTo(damaged);
    }

    @Test
    void aDamagedLineIsReplacedByWhatIsSavedForTheSameSetting() throws IOException {
        write(line("a", "open-millis", "soon"), line("a", "trip-on", "NEVER"), line("b", "open-millis", "later"));
        file.save(Map.of("a", Map.of(OPEN_MILLIS, "1")));
        assertThat(path)
                .content()
                .isEqualTo(line("a", "open-millis", "1")
                        + line("a", "trip-on", "NEVER")
                        + line("b", "open-millis", "later"));
    }

    @Test
    void bytesThatAreNoTextAreWarnedOfAndKept() throws IOException {
        byte[] latin = ("# größe\n" + line("größe", "open-millis", "1")).getBytes(StandardCharsets.ISO_8859_1);
        Files.write(path, latin);
        assertThat(warnings()).singleElement().asString().contains("line 2: ", "is not UTF-8");
        file.save(Map.of("a", Map.of(OPEN_MILLIS, "1")));
        file.forget(name -> true);
        assertThat(path).hasBinaryContent(latin);
    }

    @Test
    void utf8IsRead() throws IOException {
        write(line("größe 工".replace(" ", "\\ "), "open-millis", "1"));
        assertThat(file.load()).isEqualTo(Map.of("größe 工", Map.of(OPEN_MILLIS, "1")));
    }

    @Test
    void aValueThatTheSettingDoesNotTakeIsNotSaved() throws IOException {
        write(line("a", "open-millis", "1"));
        assertThatThrownBy(() -> file.save(
                        new TreeMap<>(Map.of("a", Map.of(OPEN_MILLIS, "2"), "b", Map.of(FAILURE_THRESHOLD, "0")))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("failureThreshold must be a whole number >= 1 and <= 1000000 but was \"0\"");
        assertThat(path).hasContent(line("a", "open-millis", "1"));
    }

    @Test
    void savingTheSameAgainDoesNotTouchTheFile() throws IOException {
        write(" switchgear.breaker.\"a\".open-millis:\\\n  1");
        Object before = Files.readAttributes(path, "unix:ino");
        file.save(Map.of("a", Map.of(OPEN_MILLIS, "1")));
        assertThat(Files.readAttributes(path, "unix:ino")).isEqualTo(before);
    }

    @Test
    void threadsThatSaveAtOnceLoseNothing() throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String own = "breaker " + i;
            threads.add(new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException unexpected) {
                    throw new AssertionError(unexpected);
                }
                for (int j = 1; j <= 10; j++) {
                    new SettingsFile(path)
                            .save(Map.of(own + " " + j, Map.of(OPEN_MILLIS, "1"), own, Map.of(OPEN_MILLIS, "" + j)));
                    file.forget(own::equals);
                }
            }));
        }
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(file.load()).hasSize(80);
    }

    @Test
    void isDescribedByItsAbsolutePath() {
        assertThat(file.description()).isEqualTo("file " + path);
        assertThat(new SettingsFile(Path.of("x.properties")).description())
                .isEqualTo("file " + Path.of("x.properties").toAbsolutePath());
    }
}
