// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the word that was probably meant: letters and digits count, upper and lower case are the same. */
final class Spelling {
    private static final int MAX_EDITS = 2;
    private static final int LETTERS_PER_EDIT = 4;

    private Spelling() {}

    /** Returns the known word that is nearest to another, if one is near. */
    static Optional<String> nearest(String word, Collection<String> known) {
        String letters = letters(word);
        String nearest = null;
        int fewest = maxEdits(letters) + 1;
        for (String each : known) {
            String others = letters(each);
            if (Math.abs(letters.length() - others.length()) < fewest) {
                int edits = edits(letters, others);
                if (edits < fewest) {
                    fewest = edits;
                    nearest = each;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Returns the first known word that ends with another. */
    static Optional<String> endingWith(String word, Collection<String> known) {
        String letters = letters(word);
        return letters.length() < LETTERS_PER_EDIT
                ? Optional.empty()
                : known.stream().filter(each -> letters(each).endsWith(letters)).findFirst();
    }

    static boolean isNear(String word, String known) {
        String letters = letters(word);
        return Math.abs(letters.length() - known.length()) <= MAX_EDITS
                && edits(letters, letters(known)) <= maxEdits(letters);
    }

    private static int maxEdits(String letters) {
        return Math.min(MAX_EDITS, letters.length() / LETTERS_PER_EDIT);
    }

    private static String letters(String word) {
        return word.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }

    /** Returns how many letters have to be added, removed or replaced (Levenshtein). */
    private static int edits(String from, String to) {
        int[] above = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }
}
