// SPDX-License-Identifier: Apache-2.0
package io.switchgear.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of this repository in Markdown: the README, a page of the manual, or one beside them. All tests that read
 * pages read them through this class.
 */
public final class Page {
    private static final String MANUAL = "cdi-extension/src/site/markdown";

    /** The directories that have pages; not their subdirectories. */
    private static final List<String> DIRECTORIES = List.of("", ".github", MANUAL, "war-example/src/site/markdown");

    private static final Pattern FENCED =
            Pattern.compile("^ *```(\\w*)\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final Pattern PICTURE = Pattern.compile("!\\[([^]]*)]\\(([^)\\s]+)\\)");

    private final Path path;
    private final String text;

    private Page(Path path) {
        this.path = path;
        try {
            this.text = Files.readString(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the root of the repository; tests run in the directory of their module. */
    public static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve(MANUAL))) {
            directory = directory.getParent();
        }
        return directory;
    }

    /** Returns the README. */
    public static Page readme() {
        return new Page(root().resolve("README.md"));
    }

    /** Returns a page of the manual by the name of its file. */
    public static Page ofManual(String file) {
        return new Page(root().resolve(MANUAL).resolve(file));
    }

    /** Returns the page with the incident that an operator plays on the example. */
    public static Page incident() {
        return new Page(root().resolve("war-example/src/site/markdown/incident.md"));
    }

    /** Returns all pages of the manual. */
    public static List<Page> manual() {
        return in(MANUAL);
    }

    /** Returns all pages of the repository. */
    public static List<Page> all() {
        return DIRECTORIES.stream().flatMap(directory -> in(directory).stream()).toList();
    }

    /** Returns the files of this repository with such an ending, without those that a build has created. */
    public static List<Path> files(String ending) {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<Page> in(String directory) {
        try (Stream<Path> files = Files.list(root().resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::new)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the file. */
    public Path path() {
        return path;
    }

    /** Returns everything. */
    public String text() {
        return text;
    }

    /** Returns the size of the file in bytes. */
    public long bytes() {
        try {
            return Files.size(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Returns the text without blocks of code. */
    public String prose() {
        return FENCED.matcher(text).replaceAll("");
    }

    /** Returns the blocks of code in a language, without the indentation that they have in common with their fence. */
    public List<String> code(String language) {
        return found(FENCED, text, block -> block)
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** Returns the text from a heading of the second level to the next one. */
    public String section(String heading) {
        String begin = "## " + heading + "\n";
        int at = text.indexOf(begin);
        if (at < 0) {
            throw new IllegalArgumentException(this + " has no section \"" + heading + "\"");
        }
        int end = text.indexOf("\n## ", at);
        return text.substring(at + begin.length(), end < 0 ? text.length() : end);
    }

    /** Returns what a text has in backquotes, in its order, blocks of code aside. */
    public static List<String> quotations(String text) {
        return found(QUOTED, FENCED.matcher(text).replaceAll(""), quoted -> quoted.group(1))
                .toList();
    }

    /** Returns the targets of all links and pictures. */
    public List<String> links() {
        return found(LINK, withoutQuotations(prose()), link -> link.group(1)).toList();
    }

    /** Returns the files of all pictures. */
    public List<Path> pictures() {
        return found(PICTURE, prose(), picture -> file(picture.group(2))).toList();
    }

    /** Returns the file that a relative link leads to. */
    public Path file(String link) {
        String file = link.replaceAll("#.*", "");
        return file.isEmpty() ? path : path.resolveSibling(file).normalize();
    }

    /** Returns whether a relative link leads to a file, and to a heading in it if it names one. */
    public boolean leadsSomewhere(String link) {
        Path file = file(link);
        int anchor = link.indexOf('#');
        return Files.exists(file) && (anchor < 0 || new Page(file).anchors().contains(link.substring(anchor + 1)));
    }

    /** Returns what forges make of the headings, for links to them. */
    public Set<String> anchors() {
        Set<String> anchors = new LinkedHashSet<>();
        Map<String, Integer> times = new HashMap<>();
        found(HEADING, prose(), heading -> heading.group(1)).forEach(heading -> {
            String anchor = heading.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = times.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
        return anchors;
    }

    private static String withoutQuotations(String text) {
        return QUOTED.matcher(text).replaceAll("x");
    }

    private static <T> Stream<T> found(Pattern pattern, String text, Function<MatchResult, T> use) {
        return pattern.matcher(text).results().map(use);
    }

    /** Returns the path from the root. */
    @Override
    public String toString() {
        return root().relativize(path).toString();
    }
}
