// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the manual with measured tables and pictures. */
public final class ManualPage {
    private ManualPage() {}

    /**
     * Puts tables into a page, each between its markers, and pictures beside it.
     *
     * @param root the root of the repository
     * @param name the file of the page
     */
    public static void write(Path root, String name, Map<String, String> tables, List<Path> pictures)
            throws IOException {
        Path page = root.resolve("cdi-extension/src/site/markdown").resolve(name);
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
