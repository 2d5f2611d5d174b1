// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The terminal of this process, which {@code stty} makes send each key. Where there is none, lines work too. */
final class Tty {
    private static final List<String> RAW = List.of("stty", "-icanon", "-echo", "min", "1");
    private static final List<String> SANE = List.of("stty", "sane");
    private static final int DEFAULT_COLUMNS = 100;
    private static final int DEFAULT_LINES = 30;
    private static volatile boolean changed;

    private Tty() {}

    /** Returns the encoding of keys: that of the terminal, or UTF-8 where none is set. */
    static Charset encoding() {
        Charset set = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return set.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : set;
    }

    /** Returns whether the terminal may show no other signs than those of ASCII, as no language is set for it. */
    static boolean isAscii() {
        String set = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        return !Charset.forName(set).newEncoder().canEncode("▁█…–→");
    }

    static void raw() {
        changed = stty(RAW) != null;
    }

    static void restore() {
        if (changed) {
            changed = false;
            stty(SANE);
        }
    }

    /** Returns the number of lines and columns. */
    static int[] size() {
        String size = stty(List.of("stty", "size"));
        if (size != null && size.strip().matches("[1-9]\\d{0,4} [1-9]\\d{0,4}")) {
            String[] parts = size.strip().split(" ", 2);
            return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
        }
        return new int[] {DEFAULT_LINES, DEFAULT_COLUMNS};
    }

    /** Returns what the program prints; {@code null} if there is no terminal, or no such program. */
    private static String stty(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor(2, TimeUnit.SECONDS) && process.exitValue() == 0 ? printed : null;
        } catch (IOException noTerminal) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
