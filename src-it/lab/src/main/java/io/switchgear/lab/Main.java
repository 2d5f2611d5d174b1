// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;

/**
 * Runs everything and writes tables ({@code lab.md}) and plots to a directory; then puts them into the manual: each
 * table between its markers in {@code lab.md}, and the pictures.
 *
 * <p>System properties: {@code seeds} (20), {@code page} ({@code false} to leave the manual as it is).
 */
public final class Main {
    private Main() {}

    /** Runs the lab; the arguments are the directory for the results, and the root of the repository. */
    @SuppressWarnings("SystemOut") // the tables are the output of this program
    public static void main(String[] arguments) throws IOException {
        LogManager.getLogManager().reset();
        Path target = Files.createDirectories(Path.of(arguments[0]));
        Path root = Path.of(arguments[1]);
        Map<String, String> tables = new Tables(Integer.getInteger("seeds", 20)).all();
        StringBuilder text = new StringBuilder();
        tables.forEach((name, table) ->
                text.append("## ").append(name).append("\n\n").append(table).append('\n'));
        Files.writeString(target.resolve("lab.md"), text);
        System.out.println(text);
        List<Path> pictures = Plots.write(target);
        if (!"false".equals(System.getProperty("page"))) {
            ManualPage.write(root, "lab.md", tables, pictures);
        }
    }
}
