// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.simulation;

import java.util.function.Consumer;

/** What stands between a caller and a service: a breaker, retries, both, or nothing. */
public interface Subject {
    /** How a call ended for its caller. */
    enum Ending {
        /** With a result. */
        DELIVERED,
        /** With the failure of the service. */
        FAILED,
        /** With a rejection. */
        REJECTED
    }

    /** The way to the service. */
    @FunctionalInterface
    interface Remote {
        /** Sends one request; {@code reply} gets whether it succeeded, now or later. */
        void send(Reply reply);
    }

    /** Receives the reply of the service. */
    @FunctionalInterface
    interface Reply {
        void replied(boolean succeeded);
    }

    /** Makes one call: any number of requests, and then one ending, now or later. */
    void call(Remote remote, Consumer<Ending> end);

    /** Returns the share of calls that are admitted now: 1 if closed, 0 if open. */
    double admits();

    /** Creates the subjects of one run. */
    @FunctionalInterface
    interface Factory {
        /**
         * Creates a subject.
         *
         * @param chance random numbers for the subjects of this run
         */
        Subject create(VirtualTime time, Chance chance);
    }

    /**
     * A kind of subject, as tables name it.
     *
     * @param name the name and, unless they are the defaults, the settings
     */
    record Kind(String name, Factory factory) {
        @Override
        public String toString() {
            return name;
        }
    }
}
