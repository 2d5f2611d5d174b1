// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A virtual display with a free number, which ends with the test. */
final class Display implements AutoCloseable {
    private final Process server;
    private final String name;

    Display() throws IOException {
        server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader printed = server.inputReader(StandardCharsets.US_ASCII);
        String number = printed.readLine();
        if (number == null) {
            throw new IOException("Xvfb has not started");
        }
        name = ":" + number.strip();
    }

    /** Returns where the program is that makes displays; empty if it is not installed. */
    static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(directory -> Path.of(directory, "Xvfb"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        server.destroy();
        server.onExit().join();
    }
}
