// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Sanitizes text from outside before it is logged or shown. */
public final class Text {
    private static final int MAX_LENGTH = 200;
    private static final int MAX_SENTENCE_LENGTH = 2_000;
    // not only control characters: line separators and direction marks have categories of their own
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

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
     * Returns the text with a question mark for each control character, line separator, invisible character or change
     * of the writing direction.
     */
    public static String visible(String text) {
        return INVISIBLE.matcher(text).replaceAll("?");
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

    /** Returns a number with its noun, in the singular for 1: {@code 2 breakers}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
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
        String start = text.length() <= maxLength ? text : text.substring(0, maxLength) + "...";
        return INVISIBLE.matcher(start).replaceAll(" ").strip();
    }
}
