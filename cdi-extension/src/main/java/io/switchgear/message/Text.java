// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sanitizes text from outside before it is logged or shown. */
public final class Text {
    private static final int MAX_LENGTH = 200;
    private static final int MAX_SENTENCE_LENGTH = 2_000;
    // not only control characters: line separators, direction marks and halves of surrogate pairs have categories of
    // their own, and some letters, marks and symbols are drawn as nothing
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\u034f\\u115f\\u1160"
            + "\\u17b4\\u17b5\\u180b-\\u180f\\u2065\\u2800\\u3164\\ufe00-\\ufe0f\\uffa0\\ufff0-\\ufff8\\x{1d159}"
            + "\\x{e0000}-\\x{e0fff}]");

    // of changes that no operator makes: by code in its own name, by configuration, and from where settings are saved
    private static final Pattern OWN_AUTHOR = Pattern.compile("code|(configuration|saved in)( .*)?");

    private Text() {}

    /**
     * Returns the value as one line of bounded length, with spaces instead of control characters. A value that is not
     * of a class of {@code java.lang} is shown as the name of its class, as its {@code toString} may take forever.
     */
    public static String printable(Object value) {
        // an array has the package of its elements
        boolean plain = value == null
                || (value.getClass().getPackageName().equals("java.lang")
                        && !value.getClass().isArray());
        return bounded(plain ? String.valueOf(value) : "a " + value.getClass().getTypeName(), MAX_LENGTH);
    }

    /** Returns the value as {@linkplain #printable printable} text, in quotes if nothing of it can be seen. */
    public static String shown(Object value) {
        String printable = printable(value);
        return printable.isEmpty() ? "\"\"" : printable;
    }

    /**
     * Returns whether all of a text can be seen: it has no control character, line separator, change of the writing
     * direction, half of a surrogate pair or other invisible character, and not only spaces.
     */
    public static boolean isVisible(String text) {
        return !INVISIBLE.matcher(text).find()
                && text.codePoints().anyMatch(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c));
    }

    /**
     * Returns a text in quotes, of bounded length, with the Unicode escapes of invisible characters; {@code null}
     * without quotes.
     *
     * @see #isVisible
     */
    public static String quoted(String text) {
        return text == null
                ? "null"
                : '"' + INVISIBLE.matcher(start(text, MAX_LENGTH)).replaceAll(Text::escaped) + '"';
    }

    private static String escaped(MatchResult invisible) {
        return invisible
                .group()
                .chars()
                .mapToObj(c -> String.format(Locale.ROOT, "\\\\u%04x", c))
                .collect(Collectors.joining());
    }

    /**
     * Returns the name of a caller from outside as {@linkplain #printable printable} text. A name that reads like an
     * author of this library, such as {@code code} or {@code configuration x}, is put in quotes.
     */
    public static String caller(Object name) {
        String caller = printable(name);
        return OWN_AUTHOR.matcher(caller).matches() ? '"' + caller + '"' : caller;
    }

    /**
     * Returns the author of a change as {@linkplain #printable printable} text.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public static String author(String who) {
        String author = printable(who);
        if (author.isEmpty()) {
            throw new IllegalArgumentException("who must not be blank: every change has an author");
        }
        return author;
    }

    /** Returns a sentence of this library, in which there may be text from outside, as one line of bounded length. */
    public static String sentence(String text) {
        return bounded(text, MAX_SENTENCE_LENGTH);
    }

    /** Returns the first texts of a list, and whether there are others. */
    public static String first(int max, List<String> texts) {
        boolean others = texts.size() > max;
        return String.join(", ", others ? texts.subList(0, max) : texts) + (others ? " and others" : "");
    }

    /** Returns a number with its noun, in the singular for 1: {@code 2 breakers}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Returns a part of a whole, 0 to 1, in percent: {@code 62 %}. Only 0 is shown as 0 %, and only 1 as 100 %. */
    public static String percent(double part) {
        if (part > 0 && part < .001) {
            return "less than 0.1 %";
        }
        if (part > .999 && part < 1) {
            return "more than 99.9 %";
        }
        boolean nearEnd = (part > 0 && part < .095) || (part > .99 && part < 1);
        return String.format(Locale.ROOT, nearEnd ? "%.1f %%" : "%.0f %%", 100 * part);
    }

    /** Returns how many characters have to be inserted, deleted or replaced to get one text from the other. */
    public static int distance(String one, String other) {
        int[] above = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[other.length()];
    }

    private static String bounded(String text, int maxLength) {
        return INVISIBLE.matcher(start(text, maxLength)).replaceAll(" ").strip();
    }

    private static String start(String text, int maxLength) {
        return text.length() <= maxLength ? text : text.substring(0, maxLength) + "...";
    }
}
