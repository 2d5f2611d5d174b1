// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import java.util.function.Predicate;

/** Searches an exception and its causes. */
final class Causes {
    /** Exceptions that are examined: a chain of causes may be long, or never end. */
    private static final int MAX_DEPTH = 10;

    private Causes() {}

    static boolean contain(Throwable thrown, Predicate<? super Throwable> searched) {
        Throwable present = thrown;
        for (int depth = 0; present != null && depth < MAX_DEPTH; depth++) {
            if (searched.test(present)) {
                return true;
            }
            present = of(present);
        }
        return false;
    }

    /** Returns the cause; {@code null} if there is none, or if it cannot be read. */
    static Throwable of(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (RuntimeException | Error unreadable) {
            // a getCause() that throws must not lose the outcome of a call
            return null;
        }
    }
}
