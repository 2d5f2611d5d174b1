package io.switchgear.http;

import java.util.OptionalLong;

/** Whether and when to try again. */
interface Retrying {
    /** Nothing is tried again. */
    Retrying NEVER = new Retrying() {
        @Override
        public OptionalLong delayMillis(int attempts, long elapsedMillis) {
            return OptionalLong.empty();
        }

        @Override
        public void succeeded() {}
    };

    /**
     * After a failure. What is answered is taken from the budget.
     *
     * @param attempts how many there were
     * @param elapsedMillis since the first began
     * @return the time to wait; empty to give up
     */
    OptionalLong delayMillis(int attempts, long elapsedMillis);

    /** A call succeeded, which pays for retries. */
    void succeeded();
}
