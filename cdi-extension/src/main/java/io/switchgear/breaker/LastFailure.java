package io.switchgear.breaker;

/** What failed last, and when. Kept while failures are of one kind, so that none of them makes an object. */
final class LastFailure {
    private final String what;
    private volatile long atMillis;

    LastFailure(String what, long atMillis) {
        this.what = what;
        this.atMillis = atMillis;
    }

    String what() {
        return what;
    }

    long atMillis() {
        return atMillis;
    }

    void again(long millis) {
        atMillis = millis;
    }
}
