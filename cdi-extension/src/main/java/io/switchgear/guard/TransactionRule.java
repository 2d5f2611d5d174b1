// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

/** What the container's transactions allow around the calls of one method. Used only for calls that fail. */
public interface TransactionRule {
    /** The rule where there are no transactions. */
    TransactionRule NONE = new TransactionRule() {
        @Override
        public boolean allowsRetry() {
            return true;
        }

        @Override
        public void replaced(Throwable failure) {
            // nothing to undo
        }
    };

    /** Returns whether another attempt may follow one that has just failed on this thread. */
    boolean allowsRetry();

    /**
     * Undoes what the failed call did in a transaction that began before its guard, as the container would have done if
     * the caller had got {@code failure} instead of a fallback value. Called on the thread that made the call.
     */
    void replaced(Throwable failure);
}
