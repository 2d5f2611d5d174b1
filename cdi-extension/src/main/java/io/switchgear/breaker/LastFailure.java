package io.switchgear.breaker;

/** What failed last, and when. Kept while failures are of one class, so that none of them allocates. */
final class LastFailure {
    private final String what;
    private final Class<?> thrown;
    private volatile long atMillis;

    /** @param thrown its class; {@code null} if it was a result */
    LastFailure(String what, Class<?> thrown, long atMillis) {
        this.what = what;
        this.thrown = thrown;
        this.atMillis = atMillis;
    }

    /** Returns whether {@code other} is of the same class; then it is a failure too, as the rule goes by the class. */
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
        // read first: thousands fail in one millisecond, and cores need not fetch this from each other for it
        if (atMillis != millis) {
            atMillis = millis;
        }
    }
}
