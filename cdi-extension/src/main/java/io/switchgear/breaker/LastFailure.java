// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

/** The last failure and its time. Reused while failures are of the same class, so that they allocate nothing. */
final class LastFailure {
    private final String what;
    private final Class<?> thrown;
    private volatile long atMillis;

    /** @param thrown the class of the exception; {@code null} if the failure was a result */
    LastFailure(String what, Class<?> thrown, long atMillis) {
        this.what = what;
        this.thrown = thrown;
        this.atMillis = atMillis;
    }

    /** Returns whether {@code other} is of the same class: then it is a failure too, as the rule judges by class. */
    boolean isAgain(Throwable other) {
        return other.getClass() == thrown;
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
