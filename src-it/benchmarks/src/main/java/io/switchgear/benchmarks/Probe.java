// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rows that JMH cannot measure: a main class for each kind, run in a separate JVM as JMH does, which prints a line for
 * each figure.
 */
final class Probe {
    static final String SILENT = "-Dorg.jboss.logging.provider=slf4j";

    private static final String MARK = "figure";

    private Probe() {}

    /** Runs a main class and adds its figures to the results. */
    static void run(Class<?> main, Map<Row, Figures> results) throws IOException, InterruptedException {
        Process process = java(main, System.getProperty("java.class.path"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                String[] words = line.split(" ", 5);
                if (words[0].equals(MARK)) {
                    results.computeIfAbsent(
                                    new Row(words[1], 0, Integer.parseInt(words[2])), row -> new Figures(words[4]))
                            .add(Double.parseDouble(words[3]));
                }
            }
        }
        waitFor(process, main);
    }

    /** Returns a JVM process that runs a main class. */
    static ProcessBuilder java(Class<?> main, String classPath, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                classPath,
                SILENT,
                "-Dquick=" + Boolean.getBoolean("quick"),
                // for JOL, which has to inspect records and lambdas
                "-Djol.magicFieldOffset=true",
                "-Djdk.attach.allowAttachSelf=true",
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    static void waitFor(Process process, Class<?> main) throws InterruptedException {
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException(main.getName() + " ended with " + exit);
        }
    }

    /** Reports a figure of a main class. */
    @SuppressWarnings("SystemOut") // parsed by run
    static void report(String what, int threads, double value, String unit) {
        System.out.printf(Locale.ROOT, "%s %s %d %f %s%n", MARK, what, threads, value, unit);
    }
}
