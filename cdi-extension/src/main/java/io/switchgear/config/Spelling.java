// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import io.switchgear.message.Text;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

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
                int edits = Text.distance(letters, others);
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
                && Text.distance(letters, letters(known)) <= maxEdits(letters);
    }

    private static int maxEdits(String letters) {
        return Math.min(MAX_EDITS, letters.length() / LETTERS_PER_EDIT);
    }

    private static String letters(String word) {
        return word.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }
}
