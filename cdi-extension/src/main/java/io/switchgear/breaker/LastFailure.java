// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

/** The last failure and its time. Reused while failures are of the same class, so that they allocate nothing. */
final class LastFailure {
    private final String what;
    private final Class<?> thrown;
    private volatile long atMillis;

    /** @param thrown the class whose exceptions are failures if they have no cause; {@code null} if none is known */
    LastFailure(String what, Class<?> thrown, long atMillis) {
        this.what = what;
        this.thrown = thrown;
        this.atMillis = atMillis;
    }

    /** Returns whether {@code other} is a failure too, as one of the same class and without a cause was. */
    boolean isAgain(Throwable other) {
        return other.getClass() == thrown && Causes.of(other) == null;
    }

    String what() {
        return what;
    }

    long atMillis() {
        return atMillis;
    }

    void again(long millis) {
        // read first: with thousands of failures in one millisecond, cores need not fetch this from each other
        if (atMillis != millis) {
            atMillis = millis;
        }
    }
}
