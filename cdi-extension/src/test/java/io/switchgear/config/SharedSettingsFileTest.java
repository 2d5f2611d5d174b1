// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.message.RecordedLog;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsStore;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A settings file shared with other processes, killed ones included; {@code -Dswitchgear.seed} repeats the moments. */
@Timeout(120)
class SharedSettingsFileTest extends SettingsFileTestCase {
    private static final int KILLS = 30;

    @Test
    void aKillAtAnyMomentLeavesTheOldOrTheNewContent() throws Exception {
        long seed = Long.getLong("switchgear.seed", System.nanoTime());
        Random random = new Random(seed);
        Path temporary = directory.resolve("settings.properties.tmp");
        // long, so that writing takes a while
        Files.writeString(path, "# by hand" + ".".repeat(500_000) + "\n");
        file.save(SavingProcess.large(1));
        String one = Files.readString(path);
        file.save(SavingProcess.large(2));
        Set<String> whole = Set.of(one, Files.readString(path));
        int halfWritten = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            String when = "kill " + kill + " of seed " + seed;
            Process process = SavingProcess.start(path, "alternating");
            try {
                assertThat(process.getInputStream().read()).as(when).isEqualTo('.');
                long moment = System.nanoTime() + random.nextInt(50_000_000);
                do {
                    // no reader sees a half-written file either
                    assertThat(whole.contains(Files.readString(path))).as(when).isTrue();
                } while (System.nanoTime() - moment < 0);
                // every other kill comes while the file is half written
                while (kill % 2 == 0 && System.nanoTime() - moment < 1_000_000_000 && !Files.exists(temporary)) {
                    Thread.onSpinWait();
                }
                assertThat(process.isAlive()).as(when).isTrue();
            } finally {
                process.destroyForcibly().waitFor();
            }
            halfWritten += Files.exists(temporary) ? 1 : 0;
            assertThat(whole.contains(Files.readString(path))).as(when).isTrue();
            try (RecordedLog log = new RecordedLog()) {
                assertThat(file.load()).as(when).isIn(SavingProcess.large(1), SavingProcess.large(2));
                assertThat(log.lines()).as(when).isEmpty();
            }
        }
        System.out.println(KILLS + " kills, " + halfWritten + " of them in the middle of writing, seed " + seed);
        // two saves, since saving the present content writes nothing, and so keeps what the last kill left
        file.save(SavingProcess.large(2));
        file.save(SavingProcess.large(1));
        assertThat(path).hasContent(one);
        assertThat(temporary).doesNotExist();
    }

    @Test
    void twoProcessesThatSaveAtOnceLoseNothing() throws Exception {
        Process first = SavingProcess.start(path, "own", "first");
        Process second = SavingProcess.start(path, "own", "second");
        try {
            assertThat(first.waitFor()).isZero();
            assertThat(second.waitFor()).isZero();
        } finally {
            first.destroyForcibly();
            second.destroyForcibly();
        }
        assertThat(file.load()).hasSize(100).containsKeys("first0", "first49", "second0", "second49");
    }

    @Test
    void applicationsOfOneServerAndAnotherProcessLoseNothing() throws Exception {
        Process process = SavingProcess.start(path, "own", "process");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {
                    SettingsFile.class.getProtectionDomain().getCodeSource().getLocation()
                },
                new OnlyTheApi())) {
            SettingsStore other = (SettingsStore) loader.loadClass(SettingsFile.class.getName())
                    .getConstructor(Path.class)
                    .newInstance(path);
            assertThat(other.getClass()).isNotSameAs(SettingsFile.class);
            Thread thread = new Thread(() -> saveFifty(other, "other"));
            thread.start();
            saveFifty(file, "this");
            thread.join();
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(file.load()).hasSize(150);
    }

    private static void saveFifty(SettingsStore store, String name) {
        for (int i = 0; i < 50; i++) {
            store.save(Map.of(name + i, Map.of(Setting.OPEN_MILLIS, "" + i)));
        }
    }

    /** Shares the types that both sides of the test use; each side loads all others itself. */
    private static final class OnlyTheApi extends ClassLoader {
        OnlyTheApi() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("io.switchgear.settings.")) {
                return Class.forName(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
