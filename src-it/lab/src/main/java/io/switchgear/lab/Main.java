// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
            Path page = root.resolve("cdi-extension/src/site/markdown/lab.md");
            String present = Files.readString(page);
            for (Map.Entry<String, String> table : tables.entrySet()) {
                present = replaced(present, table.getKey(), table.getValue());
            }
            Files.writeString(page, present);
            for (Path picture : pictures) {
                Files.copy(
                        picture,
                        root.resolve(".images").resolve(picture.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Returns a page with another table between {@code <!-- lab: name -->} and {@code <!-- lab end -->}. */
    static String replaced(String page, String name, String table) {
        String begin = "<!-- lab: " + name + " -->\n";
        Matcher place = Pattern.compile(Pattern.quote(begin) + ".*?(?=<!-- lab end -->)", Pattern.DOTALL)
                .matcher(page);
        if (!place.find()) {
            throw new IllegalArgumentException("the page has no place for the table " + name);
        }
        return place.replaceFirst(Matcher.quoteReplacement(begin + "\n" + table + "\n"));
    }
}
