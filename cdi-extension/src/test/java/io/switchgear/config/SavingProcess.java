// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import io.switchgear.settings.Setting;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A program that saves settings, and ends at the latest when the process that started it does. */
final class SavingProcess {
    private SavingProcess() {}

    /**
     * Starts the program; {@code alternating} saves {@link #large} 1 and 2 in turn for ever; {@code own <name>} saves
     * 50 breakers.
     */
    static Process start(Path file, String... task) throws IOException {
        return start(List.of(), file, task);
    }

    /** Starts the program behind {@code prefix}, a program that runs another, and its options. */
    static Process start(List<String> prefix, Path file, String... task) throws IOException {
        String classes = String.join(File.pathSeparator, location(SettingsFile.class), location(SavingProcess.class));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                classes,
                SavingProcess.class.getName(),
                file.toString()));
        command.addAll(List.of(task));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String location(Class<?> of) {
        return Path.of(URI.create(
                        of.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    /** Returns two hundred settings. */
    static Map<String, Map<Setting, String>> large(int value) {
        Map<String, Map<Setting, String>> settings = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            settings.put(
                    "Orders#place" + i + "(String,int)",
                    Map.of(
                            Setting.OPEN_MILLIS, "" + value,
                            Setting.FAILURE_THRESHOLD, "" + value,
                            Setting.WINDOW_MILLIS, "" + (value * 1000),
                            Setting.OPEN_MAX_MILLIS, "" + value));
        }
        return settings;
    }

    /** Writes a byte after each pair of saves when alternating. */
    public static void main(String[] arguments) throws IOException {
        Thread watch = new Thread(SavingProcess::endWithTheParent);
        watch.setDaemon(true);
        watch.start();
        SettingsFile file = new SettingsFile(Path.of(arguments[0]));
        if (arguments[1].equals("own")) {
            for (int i = 0; i < 50; i++) {
                file.save(Map.of(arguments[2] + i, Map.of(Setting.OPEN_MILLIS, "" + i)));
            }
            return;
        }
        while (true) {
            file.save(large(1));
            file.save(large(2));
            System.out.write('.');
            System.out.flush();
        }
    }

    private static void endWithTheParent() {
        try {
            while (System.in.read() >= 0) {
                // the parent writes nothing; the pipe ends with it
            }
        } catch (IOException gone) {
            // the parent has ended
        }
        Runtime.getRuntime().halt(1);
    }
}
