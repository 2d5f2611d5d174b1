// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import java.util.function.Predicate;

/**
 * A pattern for names, in configuration and in operations of MBeans: {@code *} matches any text, {@code ?} one
 * character.
 *
 * <p>Intentional: not converted to a regular expression. The pattern comes from outside, and a regular expression may
 * take practically forever. This takes at most the length of the pattern times that of the name.
 */
public record NamePattern(String pattern) implements Predicate<String> {
    /** Returns the number of characters that stand for themselves: the more, the more specific the pattern. */
    public int literals() {
        return (int) pattern.codePoints().filter(c -> c != '*' && c != '?').count();
    }

    @Override
    public boolean test(String text) {
        // code points, as a character may take two of Java's
        int[] wanted = pattern.codePoints().toArray();
        int[] name = text.codePoints().toArray();
        int p = 0;
        int n = 0;
        int star = -1;
        int triedFrom = 0;
        while (n < name.length) {
            if (p < wanted.length && wanted[p] == '*') {
                star = p++;
                triedFrom = n;
            } else if (p < wanted.length && (wanted[p] == '?' || wanted[p] == name[n])) {
                p++;
                n++;
            } else if (star >= 0) {
                // the last star matches one character more
                p = star + 1;
                n = ++triedFrom;
            } else {
                return false;
            }
        }
        while (p < wanted.length && wanted[p] == '*') {
            p++;
        }
        return p == wanted.length;
    }
}
