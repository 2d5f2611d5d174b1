package io.switchgear.jmx;

import java.util.function.Predicate;

/**
 * Names of breakers: {@code *} stands for any text, {@code ?} for one character.
 *
 * <p>Intentional: not a regular expression made of it. Some of those take longer than anybody lives, and the pattern
 * comes from outside; this takes no longer than the pattern's length times that of the name.
 */
record NamePattern(String pattern) implements Predicate<String> {
    @Override
    public boolean test(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int triedFrom = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                triedFrom = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                // let the last star stand for one character more
                p = star + 1;
                n = ++triedFrom;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
